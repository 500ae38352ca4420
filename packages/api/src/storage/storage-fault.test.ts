import { expect, it } from 'vitest';
import { diskFaultOf } from './disk/disk-faults.js';
import { s3FaultOf } from './s3/s3-faults.js';
import { StorageFault } from './storage-fault.js';

const service = (name: string, message: string, status: number): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status, requestId: 'ABC123' } });

it.each([
  [s3FaultOf(service('SlowDown', 'Please reduce your rate.', 503)), 'The object store failed. (SlowDown)'],
  [
    s3FaultOf(service('RequestTimeTooSkewed', 'x', 403)),
    'The clock of this machine is more than 15 minutes off: the store refuses what is signed with it, so set it, and keep it set with NTP. (RequestTimeTooSkewed)',
  ],
  [
    diskFaultOf(Object.assign(new Error("ENOSPC: no space left, write '/srv/files/x'"), { code: 'ENOSPC' })),
    'The file store failed. (ENOSPC)',
  ],
  [s3FaultOf(Object.assign(new Error('connect ECONNREFUSED 10.0.0.5:9000'), { code: 'ECONNREFUSED' })), /\(ECONNREFUSED\)$/],
])('the summary of a fault has no host, path or id of a request: %#', (fault, summary) => {
  expect(fault).toBeInstanceOf(StorageFault);
  const text = (fault as StorageFault).summary;
  expect(text).toMatch(summary);
  expect(text).not.toMatch(/ABC123|10\.0\.0|srv/);
});

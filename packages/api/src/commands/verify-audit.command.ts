import { viewFoundation } from '../app/foundation/foundation.js';
import { AUDIT_FAULTS, type AuditFault } from '../machinery/audit/audit-check.js';
import { AuditVerifier } from '../machinery/audit/audit-verifier.js';
import type { Command, CommandCall } from './command.js';

/** Faults that are printed one by one; the rest is counted. */
const NAMED = 1_000;

/** `verify-audit`: see `AuditVerifier`. */
export const verifyAudit: Command = {
  name: 'verify-audit',
  summary: 'Goes through the audit trail and names every event that is not as Slipway wrote it.',
  description:
    'Goes through the audit trail, beside running servers, and names every event that was changed, deleted, put in or moved in the\ndatabase. Changes nothing. Ends with 1 when something was found. The printed head is to be compared with the last line\n"the audit trail was sealed" of a log that is kept elsewhere: a whole database that was put back looks whole.',
  options: { 'dry-run': 'Says how many events would be verified, and verifies none.' },
  async run({ config, webFolder, options, print }) {
    const { database, secrets } = await viewFoundation(config, webFolder);
    try {
      const verifier = new AuditVerifier(database, secrets);
      const head = await verifier.findHead();
      const count = head ? head.sequence - head.baseSequence : 0;
      if (options.has('dry-run')) {
        print(`${count} sealed events would be verified. Nothing was changed.`);
        return 0;
      }
      print(head ? `Head of the chain: event ${head.sequence}, seal ${head.seal}` : 'Nothing is sealed yet.');
      return await verifyAll(verifier, count, print);
    } finally {
      await database.close();
    }
  },
};

async function verifyAll(verifier: AuditVerifier, count: number, print: CommandCall['print']): Promise<number> {
  const found = { checked: 0, erased: 0, unsealed: 0, faults: 0 };
  for (let after = 0; ;) {
    const page = await verifier.verifyPage(after);
    page.faults.slice(0, Math.max(0, NAMED - found.faults)).forEach((fault) => print(`  ${lineOf(fault)}`));
    found.checked += page.checked;
    found.erased += page.erased;
    found.unsealed += page.unsealed;
    found.faults += page.faults.length;
    if (page.isDone) break;
    print(`  ${found.checked} of ${count} events`);
    after = page.through;
  }
  if (found.faults > NAMED) print(`  and ${found.faults - NAMED} more`);
  print(summaryOf(found));
  return found.faults === 0 ? 0 : 1;
}

function lineOf({ kind, sequence, at, eventId }: AuditFault): string {
  const place = sequence === null ? 'Not sealed yet' : `Event ${sequence}`;
  return `${place}, ${at?.toISOString() ?? 'at a time that is lost'}${eventId === null ? '' : `, ${eventId}`}: ${AUDIT_FAULTS[kind]}`;
}

function summaryOf({ checked, erased, unsealed, faults }: Record<'checked' | 'erased' | 'unsealed' | 'faults', number>): string {
  const also = [
    ...(erased > 0 ? [`${erased} personal values are erased`] : []),
    ...(unsealed > 0 ? [`${unsealed} events are not sealed yet`] : []),
  ];
  const verdict = faults > 1 ? `${faults} are not as they were written` : `${faults === 0 ? 'every one is' : '1 is not'} as it was written`;
  return `${checked} events were verified: ${[verdict, ...also].join('; ')}. Nothing was changed.`;
}

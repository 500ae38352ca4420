import type { CheckAuditQuery } from '../../graphql/documents.generated';
import { countText, instantText, numberText } from '../../ui/date-text';

export type AuditFault = CheckAuditQuery['auditCheck']['faults'][number];

/** What verifying has found so far, over all pages. */
export interface AuditFindings {
  readonly checked: number;
  readonly erased: number;
  readonly unsealed: number;
  readonly faults: readonly AuditFault[];
}

const KINDS: Readonly<Record<AuditFault['kind'], string>> = {
  CHANGED: 'is not as Slipway wrote it',
  INSERTED: 'was put in past Slipway',
  MISSING: 'is gone',
  MOVED: 'is not in its place',
  PERSONAL_CHANGED: 'has a personal value that was changed or removed',
  HEAD: 'What says how far the audit trail reaches was changed or removed',
};

/** One fault, to be read by itself. */
export function faultText({ kind, sequence, at }: AuditFault): string {
  if (kind === 'HEAD') return `${KINDS.HEAD}.`;
  const event = sequence === null ? 'An event that is not sealed yet' : `Event ${numberText(sequence)}`;
  const time = at === null ? '' : kind === 'MISSING' ? ` (about ${instantText(at)})` : ` of ${instantText(at)}`;
  return `${event}${time} ${KINDS[kind]}.`;
}

/** The verdict of a whole run. */
export function verdictOf({ checked, faults }: AuditFindings): string {
  if (faults.length > 0) return `${countText(faults.length, 'fault')} in ${countText(checked, 'event')}`;
  if (checked === 0) return 'Nothing is sealed yet, so there is nothing to verify';
  return checked === 1 ? 'The one event is as it was written' : `All ${numberText(checked)} events are as they were written`;
}

/** What else there is to know of a run; empty where nothing is. */
export function remarkOf({ erased, unsealed }: AuditFindings): string {
  return [
    ...(erased > 0 ? [`${countText(erased, 'personal value')} ${erased === 1 ? 'is' : 'are'} erased.`] : []),
    ...(unsealed > 0 ? [`${countText(unsealed, 'event')} ${unsealed === 1 ? 'is' : 'are'} not sealed yet: that takes some seconds.`] : []),
  ].join(' ');
}

import type { RecipientReason } from '@slipway/shared';
import type { WorkOutAudienceQuery } from '../../graphql/documents.generated';

type Step = WorkOutAudienceQuery['announcementAudience'];

export interface Tally {
  readonly licenses: number;
  readonly people: number;
}

/** What is known of an audience so far. */
export interface Audience {
  readonly judged: number;
  readonly total: number;
  readonly first: Tally;
  readonly second: Tally;
  readonly reasons: ReadonlyMap<RecipientReason, Tally>;
  readonly sample: Step['sample'];
}

const NONE: Tally = { licenses: 0, people: 0 };
export const EMPTY_AUDIENCE: Audience = { judged: 0, total: 0, first: NONE, second: NONE, reasons: new Map(), sample: [] };
/** People that a list of one group shows; all of them are listed once it is sent. */
export const SAMPLE_SIZE = 20;

const sum = (a: Tally, b: Tally): Tally => ({ licenses: a.licenses + b.licenses, people: a.people + b.people });

/** The group in which somebody is listed. */
export const groupOf = ({ reason, text }: Step['sample'][number]): string => reason ?? text ?? '';

/** Adds the next part. */
export function addStep(before: Audience, step: Step): Audience {
  const reasons = new Map(before.reasons);
  for (const { reason, ...tally } of step.reasons) reasons.set(reason, sum(reasons.get(reason) ?? NONE, tally));
  const counts = new Map<string, number>();
  const sample = [...before.sample, ...step.sample].filter((entry) => {
    const count = (counts.get(groupOf(entry)) ?? 0) + 1;
    counts.set(groupOf(entry), count);
    return count <= SAMPLE_SIZE;
  });
  return {
    judged: before.judged + step.judgedLicenses,
    total: step.totalLicenses,
    first: sum(before.first, step.first),
    second: sum(before.second, step.second),
    reasons,
    sample,
  };
}

import type { RecipientReason, RecipientText } from '@slipway/shared';
import type { JudgedRelease } from '../../downloads/access/access-facts.js';
import type { Announcement } from '../announcement.entity.js';
import type { AudienceReader } from '../../downloads/audience/audience-reader.js';
import { placeOf } from './placement.js';

/** A customer whom an announcement is for, or who is left out of it. */
export interface Candidate {
  readonly customerId: string;
  readonly licenseId: string | null;
  /** Null: they are left out, for the reason. */
  readonly text: RecipientText | null;
  readonly reason: RecipientReason | null;
  /** What of a recalled release they downloaded last. */
  readonly download: { readonly at: Date; readonly fileName: string } | null;
}

/** A part of an audience. */
export interface CandidateSlice {
  readonly candidates: readonly Candidate[];
  /** How many licenses, or downloads of a recalled release, it stands for. */
  readonly judged: number;
  /** Where the next one begins; null: there is none. */
  readonly until: string | null;
}

/** Works out the audience of one kind of announcement, a part at a time. */
export interface CandidateSource {
  next(announcement: Announcement, release: JudgedRelease): Promise<CandidateSlice>;
}

/** Rows of one transaction: each statement touches no more. */
const SLICE = { customers: 50, licenses: 500 };

/** Everybody with a license of the product. */
export class LicensedCandidates implements CandidateSource {
  constructor(private readonly audience: AudienceReader) {}

  async next({ judgedUntil, secondSubject }: Announcement, release: JudgedRelease): Promise<CandidateSlice> {
    const { customerIds, until } = await this.audience.slice(release.product.id, judgedUntil, SLICE);
    const judged = await this.audience.judge(release, customerIds);
    const candidates = judged.map(({ customerId, decision }) => {
      const { text, reason } = placeOf(decision, secondSubject !== null);
      return { customerId, licenseId: decision.licenseId, text, reason, download: null };
    });
    return { candidates, judged: judged.reduce((sum, { licenses }) => sum + licenses.length, 0), until };
  }
}

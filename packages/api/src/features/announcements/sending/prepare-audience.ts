import type { AnnouncementKind } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import { Announcement } from '../announcement.entity.js';
import type { AudienceReader } from '../../downloads/audience/audience-reader.js';
import type { CandidateSource } from '../audience/candidates.js';
import type { Reach } from '../audience/reach.js';
import { lockRound, type AnnouncementStep } from './announcement-row.js';
import { writeRecipients } from './recipient-rows.js';

export interface PrepareUse {
  readonly database: Database;
  readonly audience: AudienceReader;
  readonly sources: Readonly<Record<AnnouncementKind, CandidateSource>>;
  readonly reach: Reach;
}

/**
 * Writes down the next part of the audience: rows and the place where it goes on are one transaction, so that whoever comes after
 * a crash begins where this one ended. @returns false: there is nothing more to do in this state
 */
export async function prepareSlice(use: PrepareUse, step: AnnouncementStep): Promise<boolean> {
  const seen = await use.database.read.findOneBy(Announcement, { id: step.announcementId, round: step.round, state: 'PREPARING' });
  const release = seen && (await use.audience.release(seen.downloadableId));
  if (!seen || !release) return false;
  const slice = await use.sources[seen.kind].next(seen, release);
  return use.database.transaction(async (tx) => {
    const announcement = await lockRound(tx, step);
    // Somebody else has written this part meanwhile.
    if (announcement?.state !== 'PREPARING' || announcement.judgedUntil !== seen.judgedUntil) return announcement?.state === 'PREPARING';
    const written = await writeRecipients(tx, { announcement, row: release.row, candidates: slice.candidates, reach: use.reach });
    const isComplete = slice.until === null;
    await tx.manager.update(
      Announcement,
      { id: announcement.id },
      {
        judgedUntil: slice.until,
        judged: announcement.judged + slice.judged,
        waiting: announcement.waiting + written.waiting,
        leftOut: announcement.leftOut + written.leftOut,
        isAudienceComplete: isComplete,
        state: isComplete ? 'SENDING' : 'PREPARING',
      },
    );
    return !isComplete;
  });
}

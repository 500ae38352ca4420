import type { AnnouncementKind, DownloadableStatus } from '@slipway/shared';

/** Why a release is not told of now, and what to do; null: it is. @param status null: it was deleted */
export function problemOf(kind: AnnouncementKind, status: DownloadableStatus | null): string | null {
  if (status === null) return 'The release was deleted.';
  if (kind === 'RECALL') return status === 'WITHDRAWN' ? null : 'The release is not withdrawn any more: there is nothing to recall.';
  if (status === 'WITHDRAWN') return 'The release was withdrawn: recall it to tell those who have it.';
  return status === 'PUBLISHED' ? null : 'The release is not published: publish it, then continue.';
}

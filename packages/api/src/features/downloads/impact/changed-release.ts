import { asPublished, type JudgedRelease } from '../access/access-facts.js';
import type { ReleaseImpactInput } from './impact.inputs.js';

/** A release before a change and after it. */
export interface ChangedRelease {
  readonly before: JudgedRelease;
  readonly after: JudgedRelease;
}

/** @param draftChannel of the revision that would be published */
export function changeOf(
  release: JudgedRelease,
  input: Omit<ReleaseImpactInput, 'downloadableId' | 'at'>,
  draftChannel: string,
): ChangedRelease {
  // Nobody has what is hidden: its channel says who will.
  const before = input.change === 'CHANGE_CHANNEL' ? asPublished(release) : release;
  return { before, after: changed(before, input, draftChannel) };
}

function changed(
  release: JudgedRelease,
  { change, channel, severity }: Omit<ReleaseImpactInput, 'downloadableId' | 'at'>,
  draftChannel: string,
): JudgedRelease {
  const { row } = release;
  switch (change) {
    case 'PUBLISH':
      return { ...asPublished(release), channel: draftChannel };
    case 'UNPUBLISH':
      return { ...release, row: { ...row, status: 'DRAFT' } };
    case 'ARCHIVE':
      return { ...release, row: { ...row, status: 'ARCHIVED' } };
    case 'RESTORE':
      return { ...release, row: { ...row, status: 'PUBLISHED' } };
    case 'WITHDRAW':
      return { ...release, row: { ...row, status: 'WITHDRAWN', withdrawReason: '', withdrawSeverity: severity ?? 'NORMAL' } };
    case 'CHANGE_CHANNEL':
      return { ...release, channel: channel ?? release.channel };
  }
}

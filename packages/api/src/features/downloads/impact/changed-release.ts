import { asPublished, type JudgedRelease } from '../access/access-facts.js';
import type { ReleaseImpactInput } from './impact.schema.js';

/** A release as it would be after a change. @param draftChannel of the revision that would be published */
export function changedRelease(
  release: JudgedRelease,
  { change, channel, severity }: ReleaseImpactInput,
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

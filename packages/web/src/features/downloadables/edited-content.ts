/** What the console edits of a downloadable: the open draft revision where there is one, else the live content. */
import type { DownloadableDetailFragment } from '../../graphql/documents.generated';

export function editedContent(downloadable: DownloadableDetailFragment): DownloadableDetailFragment {
  const draft = downloadable.draftRevision;
  if (!draft) return downloadable;
  const { name, summary, isSecurityFix, channel, changelog, changelogHtml, releaseDate, assets } = draft;
  return { ...downloadable, name, summary, isSecurityFix, channel, changelog, changelogHtml, releaseDate, assets };
}

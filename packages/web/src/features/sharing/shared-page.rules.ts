/** What the page of a share link says when there is nothing to download. */
import { groupSideFiles, listReleaseFiles } from '@slipway/shared';
import type { GetSharedReleaseQuery } from '../../graphql/documents.generated';
import { withReadableDates } from '../../ui/date-text';
import type { ShownFile } from '../../ui/release-files';

export type SharedRelease = NonNullable<GetSharedReleaseQuery['sharedRelease']>;

export interface Explanation {
  readonly title: string;
  readonly text: string;
}

/** An unknown link and a revoked one look alike. */
export const UNKNOWN_LINK: Explanation = {
  title: 'This link does not work',
  text: 'It was revoked, or it was not copied completely: ask the person who sent it for a new one.',
};

/** The refusals with words of their own; a link is not judged by licenses, so the others hardly ever show. */
const EXPLANATIONS: Readonly<Partial<Record<SharedRelease['access']['code'], (release: SharedRelease) => Explanation>>> = {
  SHARE_LINK_EXPIRED: ({ access }) => ({ title: 'This link has expired', text: withReadableDates(access.message) }),
  SHARE_LINK_LIMIT: ({ access }) => ({ title: 'This link is used up', text: access.message }),
  RELEASE_WITHDRAWN: ({ access, productName, version }) => ({
    title: `${productName} ${version ?? ''} was withdrawn`,
    text: access.message,
  }),
  NOT_FOUND: ({ productName, channel }) => (channel === null ? DELETED : nothingYet(productName, channel)),
};

/** Why a link opens nothing; null when it does. */
export function explain(release: SharedRelease): Explanation | null {
  const { code, message } = release.access;
  if (code === 'ALLOWED') return null;
  return EXPLANATIONS[code]?.(release) ?? { title: 'This cannot be downloaded', text: message };
}

const DELETED: Explanation = {
  title: 'This release is gone',
  text: 'It was deleted after the link was made: ask the person who sent it for another one.',
};

function nothingYet(productName: string, channel: string): Explanation {
  return {
    title: 'Nothing to test at the moment',
    text: `${productName} has no ${channel} draft right now, but keep this link: it opens the next one as soon as there is one.`,
  };
}

/** What to say about a file that was refused when somebody clicked on it; null when the page says it already. */
export function explainFile(code: string, fileName: string): Explanation | null {
  const name = fileName || 'The file';
  if (code === 'NOT_FOUND') return { title: `${name} is not here any more`, text: 'The release has changed: choose from the files below.' };
  if (code === 'FILE_MISSING')
    return {
      title: `${name} is missing at the moment`,
      text: 'It has to be put back first: try again later, or tell whoever sent you this link.',
    };
  if (code === 'ASSET_NOT_READY') return { title: `${name} is not ready yet`, text: 'Try again in a few minutes.' };
  return null;
}

/**
 * The files as the list shows them. When the link gives no more, its page says so once for all; what the visitor has begun is
 * offered all the same, with its signatures and the lists of the whole release, which count nothing.
 */
export function filesOf({ access, content }: SharedRelease): readonly ShownFile[] {
  const files = content?.files ?? [];
  const begun = groupSideFiles(files).filter(({ main }) => main.finishUntil !== null);
  const lists = begun.length > 0 ? listReleaseFiles(files) : [];
  const open = new Set([...begun.flatMap(({ main, sideFiles }) => [main, ...sideFiles]), ...lists]);
  return files.map((file) => ({ ...file, access: { allowed: access.allowed || open.has(file), message: '' } }));
}

/** Until when all that the visitor has begun of a used-up link stays open; null: nothing does. */
export function openUntil({ content }: SharedRelease): string | null {
  const times = (content?.files ?? []).flatMap(({ finishUntil }) => finishUntil ?? []);
  return times.sort()[0] ?? null;
}

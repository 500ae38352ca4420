/** What the page of a share link says when there is nothing to download. */
import { groupSideFiles, listReleaseFiles } from '@slipway/shared';
import type { GetSharedReleaseQuery } from '../../graphql/documents.generated';
import { sharedRefusals as words } from '../../messages/sharing';
import { withReadableDates } from '../../ui/date-text';
import type { ShownFile } from '../../ui/release-files';

export type SharedRelease = NonNullable<GetSharedReleaseQuery['sharedRelease']>;

export interface Explanation {
  readonly title: string;
  readonly text: string;
}

/** An unknown link and a revoked one look alike. */
export const UNKNOWN_LINK: Explanation = {
  title: words.unknown,
  text: words.unknownText,
};

/** The refusals with words of their own; a link is not judged by licenses, so the others hardly ever show. */
const EXPLANATIONS: Readonly<Partial<Record<SharedRelease['access']['code'], (release: SharedRelease) => Explanation>>> = {
  SHARE_LINK_EXPIRED: ({ access }) => ({ title: words.expired, text: withReadableDates(access.message) }),
  SHARE_LINK_LIMIT: ({ access }) => ({ title: words.usedUp, text: access.message }),
  RELEASE_WITHDRAWN: ({ access, productName, version }) => ({
    title: words.withdrawn(`${productName} ${version ?? ''}`),
    text: access.message,
  }),
  NOT_FOUND: ({ productName, channel }) => (channel === null ? DELETED : nothingYet(productName, channel)),
};

/** Why a link opens nothing; null when it does. */
export function explain(release: SharedRelease): Explanation | null {
  const { code, message } = release.access;
  if (code === 'ALLOWED') return null;
  return EXPLANATIONS[code]?.(release) ?? { title: words.refused, text: message };
}

const DELETED: Explanation = {
  title: words.deleted,
  text: words.deletedText,
};

function nothingYet(productName: string, channel: string): Explanation {
  return {
    title: words.nothingYet,
    text: words.nothingYetText(productName, channel),
  };
}

/** What to say about a file that was refused when somebody clicked on it; null when the page says it already. */
export function explainFile(code: string, fileName: string): Explanation | null {
  const name = fileName || words.theFile;
  if (code === 'NOT_FOUND') return { title: words.fileGone(name), text: words.fileGoneText };
  if (code === 'FILE_MISSING')
    return {
      title: words.fileMissing(name),
      text: words.fileMissingText,
    };
  if (code === 'ASSET_NOT_READY') return { title: words.fileNotReady(name), text: words.fileNotReadyText };
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

import type { Target } from '@slipway/shared';
import type { RequestContext } from '../../kernel/context.js';
import type { ListedFile } from '../downloadables/projection/listed-files.js';
import { permalinkPath } from '../downloads/delivery/download.resolver.js';
import type { CurrentRelease, UpdateAnswer } from './update-check.js';
import type { InstalledReleaseType, UpdateCheckResult, UpdateFile, UpdateReleaseType } from './update-check.schema.js';
import type { FoundRelease } from './update-details.js';

/** An answer as GraphQL and HTTP show it; what costs more is read only when it is asked for. */
export function resultOf(
  answer: UpdateAnswer,
  asked: { readonly context: RequestContext; readonly target: Target | null },
): UpdateCheckResult {
  return {
    status: answer.status,
    latestVersion: answer.latestVersion,
    current: installedOf(answer.current),
    release: answer.release && releaseOf({ ...answer.release, ...asked }),
    refusedVersion: answer.refused?.row.version ?? null,
    refusal: answer.refused?.decision ?? null,
  };
}

const installedOf = ({ version, row }: CurrentRelease): InstalledReleaseType => ({
  version,
  isRelease: row !== null,
  isWithdrawn: row?.status === 'WITHDRAWN',
  withdrawReason: row?.status === 'WITHDRAWN' ? row.withdrawReason : null,
});

const releaseOf = (found: FoundRelease): UpdateReleaseType => ({
  found,
  id: found.row.id,
  version: found.row.version,
  name: found.row.name,
  channel: found.row.channel,
  summary: found.row.summary,
  isSecurityFix: found.row.isSecurityFix,
  date: found.row.releaseDate,
  publishedAt: found.row.publishedAt,
});

/** A file as programs take it. @param publicUrl under which permalinks stand */
export function updateFileOf(found: FoundRelease, file: ListedFile, publicUrl: string): UpdateFile {
  const { id, fileName, type, platform, architecture, size, sha256 } = file;
  return { found, id, fileName, url: `${publicUrl}${permalinkPath(file)}`, type, platform, architecture, size, sha256 };
}

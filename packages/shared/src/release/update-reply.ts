/** What an update check answers over HTTP: one rule for the route and for the page on which it is tried out. */
import type { Architecture, AssetType, Platform } from '../file/target.js';

interface UpdateFileReply {
  readonly id: string;
  readonly fileName: string;
  readonly url: string;
  readonly type: AssetType;
  readonly platform: Platform;
  readonly architecture: Architecture | null;
  /** In bytes. */
  readonly size: number;
  readonly sha256: string | null;
  readonly sha512: string | null;
}

interface UpdateReleaseReply {
  readonly id: string;
  readonly version: string;
  readonly name: string | null;
  readonly channel: string;
  readonly summary: string | null;
  readonly isSecurityFix: boolean;
  readonly date: string | null;
  readonly publishedAt: Date | string | null;
  readonly notes: string;
  readonly assets: readonly UpdateFileReply[];
}

/** What was found, as GraphQL shows it. */
export interface UpdateResult {
  readonly status: 'UPDATE_AVAILABLE' | 'UP_TO_DATE' | 'NOT_ALLOWED';
  readonly latestVersion: string | null;
  readonly current: {
    readonly version: string;
    readonly isRelease: boolean;
    readonly isWithdrawn: boolean;
    readonly withdrawReason: string | null;
  };
  readonly release: UpdateReleaseReply | null;
  readonly refusedVersion: string | null;
  readonly refusal: { readonly code: string; readonly message: string; readonly params: unknown; readonly remedy: string | null } | null;
}

export interface UpdateReply {
  readonly status: 200 | 204;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: the answer has none. */
  readonly body: object | null;
}

/** Every answer varies by who asks, and is asked for again each time; refusals as well. */
export const UPDATE_HEADERS = { Vary: 'Authorization, Cookie, X-License-Key', 'Cache-Control': 'private, no-cache' } as const;

/** 204 when the program is up to date; 200 with the release to update to, or with why the newer one may not be had. */
export function updateReply(result: UpdateResult): UpdateReply {
  const headers: Record<string, string> = { ...UPDATE_HEADERS };
  if (result.latestVersion !== null) headers['X-Latest-Version'] = result.latestVersion;
  if (result.current.isWithdrawn) headers['X-Current-Version-Status'] = 'WITHDRAWN';
  if (result.status === 'UP_TO_DATE') return { status: 204, headers, body: null };
  return { status: 200, headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8' }, body: bodyOf(result) };
}

/** A refusal stands as every other does: code, sentence, parameters and remedy. */
function bodyOf({ status, latestVersion, current, release, refusal, refusedVersion }: UpdateResult): object {
  const { version, isRelease, isWithdrawn, withdrawReason } = current;
  const denied = refusal && { code: refusal.code, message: refusal.message, params: refusal.params, remedy: refusal.remedy };
  return {
    status,
    ...(denied && { ...denied, refusedVersion }),
    latestVersion,
    current: { version, isRelease, isWithdrawn, withdrawReason },
    release: release && releaseOf(release),
  };
}

/** Field by field: what GraphQL adds, or who asks has beside it, is no part of the answer. */
function releaseOf(release: UpdateReleaseReply): UpdateReleaseReply {
  const { id, version, name, channel, summary, isSecurityFix, date, publishedAt, notes, assets } = release;
  return { id, version, name, channel, summary, isSecurityFix, date, publishedAt, notes, assets: assets.map(fileOf) };
}

const fileOf = ({ id, fileName, url, type, platform, architecture, size, sha256, sha512 }: UpdateFileReply): UpdateFileReply => ({
  id,
  fileName,
  url,
  type,
  platform,
  architecture,
  size,
  sha256,
  sha512,
});

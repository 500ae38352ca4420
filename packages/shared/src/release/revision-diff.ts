/** What differs between two revisions of a downloadable, as people are shown it before the newer one goes live. */
import { fileNameKey } from '../file/asset-name.js';
import { type Architecture, type AssetType, type Platform } from '../file/target.js';

/** A file as far as a difference could be seen. */
export interface RevisionFile {
  readonly fileName: string;
  readonly type: AssetType;
  readonly platform: Platform;
  readonly architecture: Architecture | null;
  /** Bytes. */
  readonly size: number;
  /** Null while it is not known yet. */
  readonly sha256: string | null;
}

export interface RevisionContent {
  readonly name: string | null;
  readonly summary: string | null;
  readonly isSecurityFix: boolean;
  readonly channel: string;
  readonly releaseDate: string | null;
  readonly changelog: string;
  readonly assets: readonly RevisionFile[];
}

export interface FieldChange {
  readonly field: 'name' | 'summary' | 'isSecurityFix' | 'channel' | 'releaseDate';
  readonly before: string | null;
  readonly after: string | null;
}

/** REPLACED: other bytes under the same name. RELABELLED: same bytes, other type, platform or architecture. */
export interface FileChange {
  readonly kind: 'ADDED' | 'REMOVED' | 'REPLACED' | 'RELABELLED';
  readonly before: RevisionFile | null;
  readonly after: RevisionFile | null;
}

export interface RevisionDiff {
  readonly fields: readonly FieldChange[];
  readonly files: readonly FileChange[];
  readonly isChangelogChanged: boolean;
}

const FIELDS = ['name', 'summary', 'isSecurityFix', 'channel', 'releaseDate'] as const;
const textOf = (value: string | boolean | null): string | null => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : value);

/** Everything that differs; files in the order of the newer revision, removed ones last. */
export function diffRevisions(before: RevisionContent, after: RevisionContent): RevisionDiff {
  return {
    fields: FIELDS.filter((field) => before[field] !== after[field]).map((field) => ({
      field,
      before: textOf(before[field]),
      after: textOf(after[field]),
    })),
    files: diffFiles(before.assets, after.assets),
    isChangelogChanged: before.changelog !== after.changelog,
  };
}

/** Whether two revisions show the same. */
export function isSameContent(diff: RevisionDiff): boolean {
  return diff.fields.length === 0 && diff.files.length === 0 && !diff.isChangelogChanged;
}

function diffFiles(before: readonly RevisionFile[], after: readonly RevisionFile[]): FileChange[] {
  const old = new Map(before.map((file) => [fileNameKey(file.fileName), file]));
  const kept = new Set(after.map((file) => fileNameKey(file.fileName)));
  const changed = after.flatMap((file) => diffFile(old.get(fileNameKey(file.fileName)) ?? null, file));
  const removed = before.filter((file) => !kept.has(fileNameKey(file.fileName)));
  return [...changed, ...removed.map((file) => ({ kind: 'REMOVED', before: file, after: null }) as const)];
}

function diffFile(before: RevisionFile | null, after: RevisionFile): FileChange[] {
  if (before === null) return [{ kind: 'ADDED', before, after }];
  if (before.sha256 !== after.sha256 || before.size !== after.size) return [{ kind: 'REPLACED', before, after }];
  const isSame = before.type === after.type && before.platform === after.platform && before.architecture === after.architecture;
  return isSame ? [] : [{ kind: 'RELABELLED', before, after }];
}

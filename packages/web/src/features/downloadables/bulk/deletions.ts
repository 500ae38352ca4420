/** What a bulk delete would take away, release by release. */
import { formatBytes, type DownloadableStatus } from '@slipway/shared';
import type { RehearseDeletionMutation } from '../../../graphql/documents.generated';
import { countText, numberText } from '../../../ui/date-text';
import { statusLabel } from '../state-text';

type Change = NonNullable<NonNullable<RehearseDeletionMutation['changeDownloadables']['changes']>[number]>;
export type Deletion = NonNullable<Change['wouldDelete']>;

export interface DeletionRow {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly files: string;
  readonly people: string;
  readonly customers: number;
}

interface Doomed {
  readonly name: string;
  readonly status: DownloadableStatus;
  readonly deletion: Deletion;
}

/** So many file names of one release are told, the rest is counted. */
const NAMES = 4;

/** @returns the releases that most customers downloaded first */
export function deletionRows(doomed: readonly Doomed[]): readonly DeletionRow[] {
  const rows = doomed.map(({ name, status, deletion }) => ({
    id: deletion.id,
    name,
    status: statusLabel({ status, publishedAt: deletion.publishedAt }),
    files: filesText(deletion.assets),
    people: peopleText(deletion),
    customers: deletion.customersDownloaded ?? 0,
  }));
  return rows.toSorted((a, b) => b.customers - a.customers);
}

/** "12 files, 3.4 GB" of all of them. */
export function deletionSum(deletions: readonly Deletion[]): string {
  const files = deletions.flatMap(({ assets }) => assets);
  return files.length === 0 ? 'They have no files.' : `${sizeText(files)} will be deleted.`;
}

function filesText(assets: Deletion['assets']): string {
  if (assets.length === 0) return 'No files';
  const names = assets.slice(0, NAMES).map(({ fileName }) => fileName);
  const more = assets.length - names.length;
  return `${sizeText(assets)}: ${names.join(', ')}${more > 0 ? ` and ${numberText(more)} more` : ''}`;
}

const sizeText = (assets: Deletion['assets']): string =>
  `${countText(assets.length, 'file')}, ${formatBytes(assets.reduce((sum, { size }) => sum + size, 0))}`;

function peopleText({ customersDownloaded, downloadCount }: Deletion): string {
  const customers = customersDownloaded ?? 0;
  if (customers > 0) return `${countText(customers, 'customer')} downloaded it`;
  return (downloadCount ?? 0) > 0 ? countText(downloadCount ?? 0, 'download') : 'Nobody downloaded it';
}

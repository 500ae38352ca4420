import { PLATFORMS, type Architecture } from '@slipway/shared';
import { toSqlInstant } from '../../src/database/instants.js';
import { textOf } from '../../src/features/downloadables/projection/listed-files.js';
import { facetsOf, termsOf } from '../../src/features/downloadables/projection/search-terms.js';
import type { BulkWriter, Row } from './bulk-writer.js';
import { releaseOf, type WorldAsset, type WorldRelease } from './world.js';

/** The files are not in any store: the product shall not look for them after a download. */
const SEEN_AT = '2099-01-01 00:00:00.000';
/** Releases written at a time; their terms are sorted, so that an index is walked once per batch. */
const BATCH = 20_000;

/** Writes all releases with everything that the product derives from them; `checkFill` holds it against the product's own projection. */
export async function writeReleases(writer: BulkWriter, count: number, onProgress: (done: number) => void): Promise<void> {
  const totals = new Map<string, number>();
  const dictionary = new Set<string>();
  for (let from = 0; from < count; from += BATCH) {
    const releases = Array.from({ length: Math.min(BATCH, count - from) }, (_, place) => releaseOf(from + place, count));
    await writeSources(writer, releases);
    await writeDerived(writer, releases, dictionary);
    for (const { productId, status } of releases)
      for (const scope of [productId, '']) totals.set(`${scope} ${status}`, (totals.get(`${scope} ${status}`) ?? 0) + 1);
    onProgress(from + releases.length);
  }
  await writer.insert(
    'search_term',
    ['term'],
    [...dictionary].sort().map((term) => [term]),
  );
  await writer.insert(
    'downloadable_counter',
    ['product_id', 'status', 'total'],
    [...totals].map(([key, total]) => [...key.split(' '), total]),
  );
}

async function writeSources(writer: BulkWriter, releases: readonly WorldRelease[]): Promise<void> {
  const columns = ['id', 'product_id', 'version', 'version_key', 'status', 'lock_version', 'live_revision_id', 'draft_revision_id'];
  const times = ['publish_when_ready', 'first_release_date', 'published_at', 'withdrawn_at', 'withdraw_reason', 'withdraw_severity'];
  const flat = ['name', 'channel', 'release_date', 'sort_date', 'changelog_excerpt', 'asset_count', 'platforms', 'counted_status'];
  await writer.insert('downloadable', [...columns, ...times, 'created_at', 'updated_at', ...flat], releases.map(downloadableRow));
  await writer.insert(
    'revision',
    ['id', 'downloadable_id', 'number', 'name', 'channel', 'changelog', 'release_date', 'frozen_at', 'created_at'],
    releases.map((release) => {
      const at = toSqlInstant(release.createdAt);
      const { revisionId, id, name, channel, changelog, releaseDate } = release;
      return [revisionId, id, 1, name, channel, changelog, releaseDate, releaseDate === null ? null : at, at];
    }),
  );
  await writer.insert(
    'stored_object',
    ['id', 'object_key', 'part_size', 'declared_size', 'size', 'sha256', 'sha512', 'state', 'seen_at', 'created_at'],
    releases.flatMap(({ assets, createdAt }) =>
      assets.map((asset): Row => [
        asset.objectId,
        asset.objectKey,
        8_388_608,
        asset.sizeBytes,
        asset.sizeBytes,
        asset.sha256,
        asset.sha512,
        'READY',
        SEEN_AT,
        toSqlInstant(createdAt),
      ]),
    ),
  );
  await writer.insert(
    'asset',
    ['id', 'revision_id', 'file_name', 'file_name_key', 'type', 'platform', 'architecture', 'stored_object_id', 'created_at'],
    releases.flatMap(({ assets, revisionId, createdAt }) =>
      assets.map((asset): Row => [
        asset.id,
        revisionId,
        asset.fileName,
        asset.fileName.toLowerCase(),
        'INSTALLER',
        asset.platform,
        asset.architecture,
        asset.objectId,
        toSqlInstant(createdAt),
      ]),
    ),
  );
}

function downloadableRow(release: WorldRelease): Row {
  const at = toSqlInstant(release.createdAt);
  const isDraft = release.status === 'DRAFT';
  const isWithdrawn = release.status === 'WITHDRAWN';
  const [firstLine = ''] = release.changelog.split('\n');
  const platforms = PLATFORMS.filter((platform) => release.assets.some((asset) => asset.platform === platform));
  return [
    release.id,
    release.productId,
    release.version,
    release.versionKey,
    release.status,
    1,
    isDraft ? null : release.revisionId,
    isDraft ? release.revisionId : null,
    0,
    release.releaseDate,
    isDraft ? null : at,
    isWithdrawn ? at : null,
    isWithdrawn ? 'A fault was found.' : null,
    isWithdrawn ? 'NORMAL' : null,
    at,
    at,
    release.name,
    release.channel,
    release.releaseDate,
    at.slice(0, 10),
    firstLine.slice(2),
    release.assets.length,
    platforms.join(','),
    release.status,
  ];
}

async function writeDerived(writer: BulkWriter, releases: readonly WorldRelease[], dictionary: Set<string>): Promise<void> {
  await writer.insert(
    'release_target',
    ['product_id', 'channel', 'platform', 'version_key', 'downloadable_id'],
    releases
      .filter(({ status }) => status === 'PUBLISHED')
      .flatMap(({ productId, channel, assets, versionKey, id }) =>
        assets.map(({ platform }): Row => [productId, channel, platform, versionKey, id]),
      ),
  );
  await writer.insert(
    'update_target',
    ['product_id', 'platform', 'architecture', 'channel', 'version_key', 'downloadable_id', 'first_release_date'],
    releases
      .filter(({ status }) => status === 'PUBLISHED')
      .flatMap(({ productId, channel, assets, versionKey, id, releaseDate }) =>
        assets.map(({ platform, architecture }): Row => [productId, platform, architecture, channel, versionKey, id, releaseDate]),
      ),
  );
  await writer.insert(
    'revision_files',
    ['revision_id', 'files'],
    releases.filter(({ status }) => status !== 'DRAFT').map(({ revisionId, assets }): Row => [revisionId, textOf(assets.map(listedFile))]),
  );
  const terms = releases.flatMap((release) => {
    const words = termsOf(release);
    for (const word of words) dictionary.add(word);
    const facets = facetsOf({ channel: release.channel, platforms: new Set(release.assets.map(({ platform }) => platform)) });
    return [...words, ...facets].map((term) => [term, toSqlInstant(release.createdAt).slice(0, 10), release.id]);
  });
  terms.sort((a, b) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1));
  await writer.insert('downloadable_term', ['term', 'sort_date', 'downloadable_id'], terms);
}

const listedFile = ({ id, fileName, platform, architecture, sizeBytes, sha256 }: WorldAsset) => ({
  id,
  fileName,
  type: 'INSTALLER' as const,
  platform,
  architecture: architecture as Architecture, // the generator makes no others
  size: sizeBytes,
  sha256,
  state: 'READY' as const,
});

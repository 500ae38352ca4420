import DataLoader from 'dataloader';
import { In } from 'typeorm';
import { seesLicense } from '../../../kernel/policy.js';
import type { Database } from '../../../database/database.js';
import { readingOf } from '../../../database/entity-rows.js';
import { licenseOwnerOf, type Actor } from '../../../kernel/actor.js';
import type { LoaderDefinition, RequestContext } from '../../../kernel/context.js';
import { groupBy } from '../../../kernel/grouping.js';
import { License } from '../../licenses/license.entity.js';
import { listLicensesOfOwner, listLicensesWithDownload } from '../../licenses/license-rows.js';
import { LicenseDownload } from '../download.entities.js';
import { listFileFacts, type FileFacts } from './file-facts.js';

interface OneFile {
  readonly productId: string;
  readonly assetId: string;
}

/** Loaders for decisions: the viewer's licenses per product, what they downloaded, and licenses that staff look as. */
export class AccessLoaders {
  readonly licensesOfProduct: LoaderDefinition<string, readonly License[]>;
  readonly downloadsOfAsset: LoaderDefinition<string, readonly LicenseDownload[]>;
  /** Only those that the viewer sees; null: missing or not theirs. */
  readonly licenseById: LoaderDefinition<string, License | null>;
  /** What one license did with one asset, by `downloadKey`. */
  readonly downloadByKey: LoaderDefinition<string, LicenseDownload | null>;
  /** A file with what it belongs to. `isAlone`: no other was asked for before it, or at the same time. */
  readonly fileFacts: LoaderDefinition<string, (FileFacts & { readonly isAlone: boolean }) | null>;
  /** By request and product: what `prime` reads for the first file. No loader: it would wait a turn for others, and there are none. */
  readonly #primed = new WeakMap<RequestContext, Map<string, Promise<void>>>();

  constructor(private readonly database: Database) {
    this.licensesOfProduct = {
      name: 'viewerLicensesByProduct',
      make: (context) =>
        new DataLoader(async (productIds) => {
          const licenses = await listLicenses(database, context.actor, productIds);
          return productIds.map(groupBy(licenses, (license) => license.productId));
        }),
    };
    this.downloadsOfAsset = {
      name: 'viewerDownloadsByAsset',
      make: (context) =>
        new DataLoader(async (assetIds) => {
          const rows = await listOwnDownloads(database, context.actor, assetIds);
          return assetIds.map(groupBy(rows, (row) => row.assetId));
        }),
    };
    this.licenseById = {
      name: 'visibleLicenseById',
      make: ({ actor }) =>
        new DataLoader(async (ids) => {
          const rows = await database.read.findBy(License, { id: In([...ids]) });
          const seen = new Map(rows.filter((row) => seesLicense(actor, row)).map((row) => [row.id, row]));
          return ids.map((id) => seen.get(id) ?? null);
        }),
    };
    this.downloadByKey = {
      name: 'downloadOfLicenseAndAsset',
      make: () =>
        new DataLoader(async (keys) => {
          const part = (index: number): string[] => [...new Set(keys.map((key) => key.split(' ', 2)[index] ?? ''))];
          const rows = await listDownloads(database, part(0), part(1));
          const known = new Map(rows.map((row) => [downloadKey(row), row]));
          return keys.map((key) => known.get(key) ?? null);
        }),
    };
    this.fileFacts = {
      name: 'factsOfFile',
      make: () => {
        let isFirst = true;
        return new DataLoader(async (ids) => {
          const isAlone = isFirst && ids.length === 1;
          isFirst = false;
          const known = new Map((await listFileFacts(database, ids)).map((facts) => [facts.asset.id, { ...facts, isAlone }]));
          return ids.map((id) => known.get(id) ?? null);
        });
      },
    };
  }

  /** Reads what the viewer's licenses of a product are and did with one file, for both loaders in one statement: for the first file of it. */
  prime(context: RequestContext, file: OneFile): Promise<void> {
    const primed = this.#primed.get(context) ?? new Map<string, Promise<void>>();
    this.#primed.set(context, primed);
    const reading = primed.get(file.productId) ?? this.#read(context, file);
    primed.set(file.productId, reading);
    return reading;
  }

  async #read(context: RequestContext, { productId, assetId }: OneFile): Promise<void> {
    const owner = licenseOwnerOf(context.actor);
    if (!owner) return;
    const found = await listLicensesWithDownload(this.database, owner, { productId, assetId });
    const licenses = found.map(({ license }) => license);
    context.loader(this.licensesOfProduct).prime(productId, licenses);
    const downloads = found.flatMap(({ license, countedAt }) => (countedAt ? [{ licenseId: license.id, assetId, countedAt }] : []));
    context.loader(this.downloadsOfAsset).prime(assetId, downloads);
  }
}

/** The name of one license's downloads of one asset. */
export function downloadKey({ licenseId, assetId }: Pick<LicenseDownload, 'licenseId' | 'assetId'>): string {
  return `${licenseId} ${assetId}`;
}

/** An actor's own licenses, newest first. @param productIds null: of all products */
async function listLicenses(database: Database, actor: Actor, productIds: readonly string[] | null): Promise<License[]> {
  const owner = licenseOwnerOf(actor);
  return owner ? listLicensesOfOwner(database, owner, productIds) : [];
}

/** What an actor's licenses did with some assets, whatever the licenses are. */
async function listOwnDownloads(database: Database, actor: Actor, assetIds: readonly string[]): Promise<LicenseDownload[]> {
  const owner = licenseOwnerOf(actor);
  if (!owner || assetIds.length === 0) return [];
  const { columns, make } = readingOf(database, LicenseDownload);
  const [ofLicense, one] = owner.licenseId === null ? ['', []] : [' AND l.id = ?', [owner.licenseId]];
  const rows = await database.query<Readonly<Record<string, unknown>>>(
    `SELECT ${columns.map((name) => `x.${name}`).join(', ')} FROM license l JOIN license_download x ON x.license_id = l.id
     WHERE l.customer_id = ?${ofLicense} AND x.asset_id IN (${assetIds.map(() => '?').join(', ')})`,
    [owner.customerId, ...one, ...assetIds],
  );
  return rows.map(make);
}

/** What some licenses did with some assets. */
export async function listDownloads(
  database: Database,
  licenseIds: readonly string[],
  assetIds: readonly string[],
): Promise<LicenseDownload[]> {
  if (licenseIds.length === 0 || assetIds.length === 0) return [];
  return database.read.findBy(LicenseDownload, { licenseId: In([...licenseIds]), assetId: In([...assetIds]) });
}

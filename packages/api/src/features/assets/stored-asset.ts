import type { Architecture, AssetState, AssetType, Platform } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { fromSqlInstant, fromSqlInstantOrNull } from '../../database/instants.js';
import type { SqlValue, Transaction } from '../../database/transaction.js';

/** An asset together with what is known of its bytes, or of where they are. */
export interface StoredAsset {
  readonly id: string;
  readonly revisionId: string;
  readonly fileName: string;
  readonly type: AssetType;
  readonly platform: Platform;
  readonly architecture: Architecture | null;
  /** Null for an external file. */
  readonly storedObjectId: string | null;
  readonly objectKey: string | null;
  /** The saved store that has its bytes; null: the base store. */
  readonly storeId: string | null;
  /** Where an external file is; null for bytes of our own. */
  readonly externalUrl: string | null;
  readonly state: AssetState;
  /** How far the bytes have come that will take its place; null when none are on their way. */
  readonly replacement: AssetState | null;
  /** The stored object that moves at present: the replacement, else its own while it is not over. */
  readonly openObjectId: string | null;
  /** Bytes: the server's own count once known, else what the uploader declared. */
  readonly size: number;
  readonly sha256: string | null;
  readonly sha512: string | null;
  readonly failureCode: string | null;
  /** When the store was last known to have it after a download; null when nobody asked. */
  readonly seenAt: Date | null;
  /** Since when the store does not have it; null while it has. */
  readonly missingSince: Date | null;
  readonly createdAt: Date;
}

/** A row of `ASSET_COLUMNS`. */
export interface AssetRow {
  readonly id: string;
  readonly revision_id: string;
  readonly file_name: string;
  readonly type: AssetType;
  readonly platform: Platform;
  readonly architecture: Architecture | null;
  readonly stored_object_id: string | null;
  readonly object_key: string | null;
  readonly store_id: string | null;
  readonly external_url: string | null;
  readonly state: AssetState | null;
  readonly replacement_object_id: string | null;
  readonly replacement: AssetState | null;
  readonly size: number | string | null;
  readonly sha256: string | null;
  readonly sha512: string | null;
  readonly failure_code: string | null;
  readonly seen_at: string | Date | null;
  readonly missing_since: string | Date | null;
  readonly created_at: string | Date;
}

/** What an asset is made of, from `ASSET_TABLES`. */
export const ASSET_COLUMNS = `a.id, a.revision_id, a.file_name, a.type, a.platform, a.architecture, a.stored_object_id, a.created_at, a.external_url,
    a.replacement_object_id, r.state AS replacement, o.object_key, o.store_id, o.state, COALESCE(o.size, o.declared_size, a.external_size) AS size,
    COALESCE(o.sha256, a.external_sha256) AS sha256, o.sha512, o.failure_code, o.seen_at, o.missing_since`;
/** Asset `a`, its bytes `o`, and `r`, those that will take their place. */
export const ASSET_TABLES = `asset a LEFT JOIN stored_object o ON o.id = a.stored_object_id LEFT JOIN stored_object r ON r.id = a.replacement_object_id`;
const SELECT = `SELECT ${ASSET_COLUMNS} FROM ${ASSET_TABLES}`;

/** Files without a place of their own come after those with one. */
const LAST_POSITION = 2_147_483_647;

type Reader = Pick<Database | Transaction, 'query'>;

/** The assets of some revisions, in their order: the one people gave them, then that of adding. */
export async function listAssetsOfRevisions(reader: Reader, revisionIds: readonly string[]): Promise<StoredAsset[]> {
  return listWhere(reader, 'a.revision_id', revisionIds);
}

export async function listAssetsById(reader: Reader, ids: readonly string[]): Promise<StoredAsset[]> {
  return listWhere(reader, 'a.id', ids);
}

/** The assets that stand on an object, or wait for it. */
export async function listAssetsOfObject(reader: Reader, storedObjectId: string): Promise<StoredAsset[]> {
  const [own, waiting] = [
    await listWhere(reader, 'a.stored_object_id', [storedObjectId]),
    await listWhere(reader, 'a.replacement_object_id', [storedObjectId]),
  ];
  return [...own, ...waiting];
}

async function listWhere(reader: Reader, column: string, values: readonly SqlValue[]): Promise<StoredAsset[]> {
  if (values.length === 0) return [];
  const marks = values.map(() => '?').join(', ');
  const rows = await reader.query<AssetRow>(
    `${SELECT} WHERE ${column} IN (${marks}) ORDER BY COALESCE(a.position, ${LAST_POSITION}), a.id`,
    values,
  );
  return rows.map(assetOf);
}

/** @param row has `ASSET_COLUMNS` */
export function assetOf(row: AssetRow): StoredAsset {
  // An external file has no bytes to wait for.
  const state = row.state ?? 'READY';
  const isOpen = state === 'UPLOADING' || state === 'VERIFYING';
  return {
    id: row.id,
    revisionId: row.revision_id,
    fileName: row.file_name,
    type: row.type,
    platform: row.platform,
    architecture: row.architecture,
    storedObjectId: row.stored_object_id,
    objectKey: row.object_key,
    storeId: row.store_id,
    externalUrl: row.external_url,
    state,
    replacement: row.replacement,
    openObjectId: row.replacement_object_id ?? (isOpen ? row.stored_object_id : null),
    size: Number(row.size),
    sha256: row.sha256,
    sha512: row.sha512,
    failureCode: row.failure_code,
    seenAt: fromSqlInstantOrNull(row.seen_at),
    missingSince: fromSqlInstantOrNull(row.missing_since),
    createdAt: fromSqlInstant(row.created_at),
  };
}

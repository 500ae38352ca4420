import type { Architecture, AssetState, AssetType, Platform } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { fromSqlInstant } from '../../database/instants.js';
import type { SqlValue, Transaction } from '../../database/transaction.js';

/** An asset together with what is known of its bytes. */
export interface StoredAsset {
  readonly id: string;
  readonly revisionId: string;
  readonly fileName: string;
  readonly type: AssetType;
  readonly platform: Platform;
  readonly architecture: Architecture | null;
  readonly storedObjectId: string;
  readonly objectKey: string;
  readonly state: AssetState;
  /** Bytes: the server's own count once known, else what the uploader declared. */
  readonly size: number;
  readonly sha256: string | null;
  readonly sha512: string | null;
  readonly failureCode: string | null;
  readonly createdAt: Date;
}

interface Row {
  readonly id: string;
  readonly revision_id: string;
  readonly file_name: string;
  readonly type: AssetType;
  readonly platform: Platform;
  readonly architecture: Architecture | null;
  readonly stored_object_id: string;
  readonly object_key: string;
  readonly state: AssetState;
  readonly size: number | string | null;
  readonly declared_size: number | string;
  readonly sha256: string | null;
  readonly sha512: string | null;
  readonly failure_code: string | null;
  readonly created_at: string | Date;
}

const SELECT = `
  SELECT a.id, a.revision_id, a.file_name, a.type, a.platform, a.architecture, a.stored_object_id, a.created_at,
    o.object_key, o.state, o.size, o.declared_size, o.sha256, o.sha512, o.failure_code
  FROM asset a JOIN stored_object o ON o.id = a.stored_object_id`;

type Reader = Pick<Database | Transaction, 'query'>;

/** The assets of some revisions, in the order in which they were added. */
export async function listAssetsOfRevisions(reader: Reader, revisionIds: readonly string[]): Promise<StoredAsset[]> {
  return listWhere(reader, 'a.revision_id', revisionIds);
}

export async function listAssetsById(reader: Reader, ids: readonly string[]): Promise<StoredAsset[]> {
  return listWhere(reader, 'a.id', ids);
}

export async function listAssetsOfObject(reader: Reader, storedObjectId: string): Promise<StoredAsset[]> {
  return listWhere(reader, 'a.stored_object_id', [storedObjectId]);
}

async function listWhere(reader: Reader, column: string, values: readonly SqlValue[]): Promise<StoredAsset[]> {
  if (values.length === 0) return [];
  const marks = values.map(() => '?').join(', ');
  const rows = await reader.query<Row>(`${SELECT} WHERE ${column} IN (${marks}) ORDER BY a.id`, values);
  return rows.map(assetOf);
}

function assetOf(row: Row): StoredAsset {
  return {
    id: row.id,
    revisionId: row.revision_id,
    fileName: row.file_name,
    type: row.type,
    platform: row.platform,
    architecture: row.architecture,
    storedObjectId: row.stored_object_id,
    objectKey: row.object_key,
    state: row.state,
    size: Number(row.size ?? row.declared_size),
    sha256: row.sha256,
    sha512: row.sha512,
    failureCode: row.failure_code,
    createdAt: fromSqlInstant(row.created_at),
  };
}

import type { Database } from '../../database/database.js';
import { capCount, connectionOf, COUNT_CAP, readPage, type Connection, type ForwardPageArgs } from '../../kernel/pagination.js';
import { listAssetsById } from '../assets/stored-asset.js';
import { findByIds } from '../../database/entity-rows.js';
import { Downloadable } from '../downloadables/downloadable.entity.js';
import type { MissingFile } from './storage-report.schema.js';

const MISSING =
  'FROM stored_object o JOIN asset a ON a.stored_object_id = o.id JOIN revision r ON r.id = a.revision_id WHERE o.missing_since IS NOT NULL';

const ORDER = { name: 'missing-file', width: 1 } as const;

/** Lists the files that the store has lost, in the order of their adding. */
export class MissingFileList {
  constructor(private readonly database: Database) {}

  async list(args: ForwardPageArgs): Promise<Connection<MissingFile>> {
    const page = readPage(args, ORDER);
    const [cursor] = page.cursor ?? [];
    const rows = await this.database.query<{ id: string; downloadable_id: string }>(
      `SELECT a.id, r.downloadable_id ${MISSING} AND a.id > ? ORDER BY a.id LIMIT ${page.size + 1}`,
      [cursor ?? ''],
    );
    return connectionOf(page, await this.#withObjects(rows), ({ asset }) => [asset.id], capCount(await this.#count()));
  }

  async #withObjects(rows: readonly { id: string; downloadable_id: string }[]): Promise<MissingFile[]> {
    const assets = new Map(
      (
        await listAssetsById(
          this.database,
          rows.map(({ id }) => id),
        )
      ).map((asset) => [asset.id, asset]),
    );
    const ids = [...new Set(rows.map(({ downloadable_id }) => downloadable_id))];
    const releases = new Map((await findByIds(this.database, Downloadable, ids)).map((row) => [row.id, row]));
    return rows.flatMap((row) => {
      const [asset, downloadable] = [assets.get(row.id), releases.get(row.downloadable_id)];
      return asset && downloadable ? [{ asset, downloadable }] : []; // deleted in between
    });
  }

  async #count(): Promise<number> {
    const [row] = await this.database.query<{ total: number | string }>(
      `SELECT COUNT(*) AS total FROM (SELECT a.id ${MISSING} LIMIT ${COUNT_CAP + 1}) AS counted`,
    );
    return Number(row?.total ?? 0);
  }
}

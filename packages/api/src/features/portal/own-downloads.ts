import DataLoader from 'dataloader';
import type { Database } from '../../database/database.js';
import { readEventList, type EventDriver } from '../../database/event-list.js';
import { fromSqlInstant } from '../../database/instants.js';
import { oneOf, type SqlPart } from '../../database/transaction.js';
import type { Actor } from '../../kernel/actor.js';
import type { LoaderDefinition } from '../../kernel/context.js';
import type { Connection } from '../../kernel/pagination.js';
import { DownloadEvent } from '../downloads/download.entities.js';
import type { LastDownloadType, OwnDownloadArgs } from './own-download.schema.js';

const EVENTS = { table: 'download_event', entity: DownloadEvent };

/** Along which index somebody's own downloads lie; null: they have none. */
function ownerOf(actor: Actor): EventDriver | null {
  if (actor.kind === 'LICENSE') return { index: 'ix_download_event_license', column: 'license_id', value: actor.licenseId };
  if (actor.kind !== 'USER' || actor.customerId === null) return null;
  return { index: 'ix_download_event_customer', column: 'customer_id', value: actor.customerId };
}

/** What a customer downloaded: its people see all of it, the holder of a key what its license allowed. */
export class OwnDownloads {
  /** The last download of each product, of whoever asks. */
  readonly lastOfProduct: LoaderDefinition<string, LastDownloadType | null>;

  constructor(private readonly database: Database) {
    this.lastOfProduct = {
      name: 'lastDownloadByProduct',
      make: ({ actor }) => new DataLoader((ids) => Promise.all(ids.map((id) => this.#lastOf(actor, id))), { maxBatchSize: 25 }),
    };
  }

  /** Newest first; empty for staff, tokens and strangers. */
  async list(actor: Actor, { productId, ...args }: OwnDownloadArgs): Promise<Connection<DownloadEvent>> {
    const driver = ownerOf(actor);
    const ofProduct = productId == null ? null : oneOf('product_id', [productId]);
    const query = { drivers: driver === null ? [] : [driver], also: ofProduct, from: null, before: null };
    return readEventList(this.database, EVENTS, { args, query });
  }

  /** By the log, else by what is kept when the log is cut. */
  async #lastOf(actor: Actor, productId: string): Promise<LastDownloadType | null> {
    const owner = ownerOf(actor);
    if (owner === null) return null;
    return (await this.#lastLogged(owner, productId)) ?? this.#lastCounted(owner, productId);
  }

  /** The index is named: MariaDB would read all downloads of the customer and sort them. */
  #lastLogged({ column, value }: EventDriver, productId: string): Promise<LastDownloadType | null> {
    const index = column === 'license_id' ? 'ix_download_event_license' : 'ix_download_event_customer_product';
    const named = this.database.dialect === 'mysql' ? `FORCE INDEX (${index})` : `INDEXED BY ${index}`;
    return this.#read({
      sql: `SELECT version, at FROM download_event ${named} WHERE ${column} = ? AND product_id = ? AND version IS NOT NULL AND platform IS NOT NULL ORDER BY id DESC LIMIT 1`,
      parameters: [value, productId],
    });
  }

  #lastCounted({ column, value }: EventDriver, productId: string): Promise<LastDownloadType | null> {
    const licenses = column === 'license_id' ? 'id = ?' : 'customer_id = ?';
    return this.#read({
      sql: `SELECT d.version, c.counted_at AS at FROM license l
        JOIN license_download c ON c.license_id = l.id JOIN asset a ON a.id = c.asset_id
        JOIN revision r ON r.id = a.revision_id JOIN downloadable d ON d.id = r.downloadable_id
        WHERE l.${licenses} AND l.product_id = ? ORDER BY c.counted_at DESC LIMIT 1`,
      parameters: [value, productId],
    });
  }

  async #read({ sql, parameters }: SqlPart): Promise<LastDownloadType | null> {
    const [row] = await this.database.query<{ version: string; at: string | Date }>(sql, parameters);
    return row ? { version: row.version, at: fromSqlInstant(row.at) } : null;
  }
}

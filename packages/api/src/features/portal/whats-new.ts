import { expandChannels, parseVersion, PUBLIC_STATUSES, STABLE_CHANNEL, versionSortKey } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { readKeysetList, type KeysetList, type Split } from '../../database/keyset-list.js';
import { oneOf, type SqlPart } from '../../database/transaction.js';
import type { RequestContext } from '../../kernel/context.js';
import { COUNT_CAP } from '../../kernel/pagination.js';
import { badInput } from '../../kernel/problem/faults.js';
import { addressMessages as words } from '../../messages/refusals.js';
import { Downloadable } from '../downloadables/downloadable.entity.js';
import type { DownloadableLoaders } from '../downloadables/downloadable.loaders.js';
import type { OfferedReleases } from '../downloads/access/offered-release.js';
import type { ProductLoaders } from '../products/product.loaders.js';
import type { ProductService } from '../products/product.service.js';
import type { WhatsNewArgs, WhatsNewType } from './whats-new.schema.js';

const BY_VERSION: KeysetList<Downloadable> = {
  name: 'whats-new',
  table: 'downloadable',
  entity: Downloadable,
  order: { columns: ['version_key', 'id'], isDescending: true },
  cursorOf: ({ versionKey, id }) => [versionKey, id],
};

export interface WhatsNewUse {
  readonly database: Database;
  readonly products: ProductService;
  readonly productLoaders: ProductLoaders;
  readonly downloadables: DownloadableLoaders;
  readonly offered: OfferedReleases;
}

/** Lists what came between two versions, with the notes of each. */
export class WhatsNew {
  constructor(private readonly use: WhatsNewUse) {}

  /** Null when the product is missing or not for this viewer, or nothing of it is published. @throws PublicFault BAD_USER_INPUT for what is no version or channel */
  async find(context: RequestContext, args: WhatsNewArgs): Promise<WhatsNewType | null> {
    const product = await this.use.products.find(context, { id: args.productId });
    if (!product) return null;
    const since = keyOf(args.since);
    const end = await this.#end(context, args);
    if (!end) return null;
    const channels = await this.#followed(context, { productId: product.id, channel: args.channel ?? end.channel });
    const range = { productId: product.id, since, until: end.versionKey, channels };
    const releases = await readKeysetList(this.use.database, BY_VERSION, { args, where: boundsOf(range), split: splitOf(range) });
    return { since: args.since.trim(), until: end.version, releases, ...(await this.#count(range)) };
  }

  async #end(context: RequestContext, { productId, until, channel }: WhatsNewArgs): Promise<End | null> {
    if (until != null) {
      const versionKey = keyOf(until);
      const row = await this.use.database.read.findOneBy(Downloadable, { productId, versionKey });
      const isShown = row !== null && PUBLIC_STATUSES.includes(row.status);
      return { version: until.trim(), versionKey, channel: isShown ? row.channel : STABLE_CHANNEL };
    }
    const offered = await this.use.offered.find(context, { productId, as: null, channel: channel ?? null });
    return offered ?? context.loader(this.use.downloadables.latest).load(productId);
  }

  /** The channel with those that it includes. */
  async #followed(context: RequestContext, { productId, channel }: { productId: string; channel: string }): Promise<readonly string[]> {
    const channels = await context.loader(this.use.productLoaders.channels).load(productId);
    if (!channels.some(({ name }) => name === channel)) throw badInput(words.channelUnknown(channels.map(({ name }) => name).join(', ')));
    return [...expandChannels(channels, [channel])];
  }

  async #count(range: Range): Promise<Pick<WhatsNewType, 'securityFixCount' | 'withdrawnCount'>> {
    const bounds = boundsOf(range);
    const parts = splitOf(range).each.map(({ sql, parameters }, index) => ({
      sql: `SELECT * FROM (SELECT version_key, is_security_fix, status FROM downloadable
        WHERE ${bounds.sql} AND ${sql} ORDER BY version_key DESC LIMIT ${COUNT_CAP}) AS part${index}`,
      parameters: [...bounds.parameters, ...parameters],
    }));
    const merged = `SELECT * FROM (${parts.map(({ sql }) => sql).join(' UNION ALL ')}) AS parts ORDER BY version_key DESC LIMIT ${COUNT_CAP}`;
    const [row] = await this.use.database.query<{ fixes: number | string | null; withdrawn: number | string | null }>(
      `SELECT SUM(CASE WHEN is_security_fix = 1 AND status <> 'WITHDRAWN' THEN 1 ELSE 0 END) AS fixes,
        SUM(CASE WHEN status = 'WITHDRAWN' THEN 1 ELSE 0 END) AS withdrawn FROM (${merged}) AS newest`,
      parts.flatMap(({ parameters }) => parameters),
    );
    return { securityFixCount: Number(row?.fixes ?? 0), withdrawnCount: Number(row?.withdrawn ?? 0) };
  }
}

type End = Pick<Downloadable, 'version' | 'versionKey' | 'channel'>;

interface Range {
  readonly productId: string;
  readonly since: string;
  readonly until: string;
  readonly channels: readonly string[];
}

const boundsOf = ({ productId, since, until }: Range): SqlPart => ({
  sql: 'product_id = ? AND version_key > ? AND version_key <= ?',
  parameters: [productId, since, until],
});

/** Each status of each channel is a range of one index, in the order of versions. */
function splitOf({ channels }: Range): Split {
  const each = PUBLIC_STATUSES.flatMap((status) =>
    channels.map((channel): SqlPart => ({ sql: 'status = ? AND channel = ?', parameters: [status, channel] })),
  );
  const [ofStatus, ofChannel] = [oneOf('status', PUBLIC_STATUSES), oneOf('channel', channels)];
  return { each, either: { sql: `${ofStatus.sql} AND ${ofChannel.sql}`, parameters: [...ofStatus.parameters, ...ofChannel.parameters] } };
}

function keyOf(typed: string): string {
  const parsed = parseVersion(typed.trim());
  if (!parsed.ok) throw badInput(parsed.problem.message);
  return versionSortKey(parsed.value);
}

import { expandChannels, releaseCandidates, STABLE_CHANNEL, type Channel, type ReleaseCandidates } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { SqlPart, SqlValue } from '../../../database/transaction.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { FieldWeight } from '../../../kernel/limits/weight.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import type { DownloadableLoaders } from '../../downloadables/downloadable.loaders.js';
import type { AccessService } from './access.service.js';
import type { AccessSubjects, LookingAs } from './access-subjects.js';

/** The first step is short, since the first candidate is mostly open; each later one is a statement and this many decisions. */
const FIRST_STEP = 10;
const STEP = 100;

/** A walk may pass many releases of a product: one request asks this of a few products, not of a page of them. */
export const OFFERED_WEIGHT: FieldWeight = { work: 1_000 };

interface Place {
  readonly id: string;
  readonly version_key: string;
}

interface Walk {
  readonly productId: string;
  readonly as: LookingAs | null;
  readonly candidates: ReleaseCandidates;
}

/** For whom a release is looked for, and where. */
export interface OfferedTo {
  readonly productId: string;
  /** The license that staff look as; null: the viewer. */
  readonly as: LookingAs | null;
  /** The channel that is followed, with those that it includes; null: stable, else any. */
  readonly channel: string | null;
}

const onChannel = (name: string): SqlPart => ({ sql: 'channel = ?', parameters: [name] });
const OTHERS: SqlPart = { sql: 'channel <> ?', parameters: [STABLE_CHANNEL] };

/** Finds the release that somebody may download, however many newer ones they may not. */
export class OfferedReleases {
  constructor(
    private readonly database: Database,
    private readonly access: AccessService,
    private readonly subjects: AccessSubjects,
    private readonly loaders: DownloadableLoaders,
  ) {}

  /** The highest published version that is allowed, on the channel that is followed; null when there is none. */
  async find(context: RequestContext, { productId, as, channel }: OfferedTo): Promise<Downloadable | null> {
    const facts = await this.subjects.factsOfProduct(context, productId, as);
    const walks = releaseCandidates(facts, facts.now).map((candidates) => ({ productId, as, candidates }));
    if (channel === null) return (await this.#highest(context, walks, onChannel(STABLE_CHANNEL))) ?? this.#highest(context, walks, OTHERS);
    // One by one: each reads along its own range of an index, several together would be sorted.
    const found: (Downloadable | null)[] = [];
    for (const name of expandChannels(facts.product.channels, [channel])) found.push(await this.#highest(context, walks, onChannel(name)));
    return found.reduce((one, other) => (one && (!other || one.versionKey > other.versionKey) ? one : other), null);
  }

  /** The channels that somebody may follow, in the product's order: all of which something could be theirs. */
  async channels(context: RequestContext, { productId, as }: Omit<OfferedTo, 'channel'>): Promise<readonly string[]> {
    const facts = await this.subjects.factsOfProduct(context, productId, as);
    const candidates = releaseCandidates(facts, facts.now);
    const isOpen = ({ name }: Channel): boolean => candidates.some(({ channels }) => channels === null || channels.includes(name));
    return facts.product.channels.filter(isOpen).map(({ name }) => name);
  }

  async #highest(context: RequestContext, walks: readonly Walk[], channel: SqlPart): Promise<Downloadable | null> {
    let highest: Downloadable | null = null;
    for (const walk of walks) {
      const found = await this.#walk(context, walk, channel);
      if (found && (highest === null || found.versionKey > highest.versionKey)) highest = found;
    }
    return highest;
  }

  /** Down the versions, a step at a time, until one is allowed. Others get their turn between two steps. */
  async #walk(context: RequestContext, walk: Walk, channel: SqlPart): Promise<Downloadable | null> {
    let below: string | null = null;
    for (let size = FIRST_STEP; ; size = STEP) {
      const places = await this.#step(walk, { channel, below, size });
      const rows = await Promise.all(places.map(({ id }) => context.loader(this.loaders.byId).load(id)));
      for (const row of rows) if (row && (await this.#isOpen(context, row, walk.as))) return row;
      const last = places.at(-1);
      if (last === undefined || places.length < size) return null;
      below = last.version_key;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #step({ productId, candidates }: Walk, from: { channel: SqlPart; below: string | null; size: number }): Promise<Place[]> {
    const { channels, datedUntil, versionKeyUntil } = candidates;
    const parts: readonly (readonly [string, readonly SqlValue[]] | null)[] = [
      [`product_id = ? AND status = 'PUBLISHED' AND ${from.channel.sql}`, [productId, ...from.channel.parameters]],
      channels && [`channel IN (${channels.map(() => '?').join(', ')})`, channels],
      datedUntil === null ? null : ['first_release_date <= ?', [datedUntil]],
      versionKeyUntil === null ? null : ['version_key <= ?', [versionKeyUntil]],
      from.below === null ? null : ['version_key < ?', [from.below]],
    ];
    const given = parts.flatMap((part) => (part ? [part] : []));
    return this.database.query<Place>(
      `SELECT id, version_key FROM downloadable WHERE ${given.map(([sql]) => sql).join(' AND ')} ORDER BY version_key DESC LIMIT ?`,
      [...given.flatMap(([, parameters]) => parameters), from.size],
    );
  }

  async #isOpen(context: RequestContext, row: Downloadable, as: LookingAs | null): Promise<boolean> {
    const judged = await this.access.decide(context, { row }, as);
    return judged?.decision.allowed === true;
  }
}

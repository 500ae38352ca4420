import { expandChannels, releaseCandidates, STABLE_CHANNEL, type Channel, type ReleaseCandidates } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { FieldWeight } from '../../../kernel/limits/weight.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import type { DownloadableLoaders } from '../../downloadables/downloadable.loaders.js';
import type { AccessService } from './access.service.js';
import type { AccessSubjects, LookingAs } from './access-subjects.js';
import { walkReleases, type ReleaseWalk } from './release-walk.js';

/** A walk may pass many releases of a product: one request asks this of a few products, not of a page of them. */
export const OFFERED_WEIGHT: FieldWeight = { work: 1_000 };

/** Where a release is looked for: on some channels, among what each license may open. */
interface Candidates {
  readonly candidates: readonly ReleaseCandidates[];
  readonly names: readonly string[];
}

/** For whom a release is looked for, and where. */
export interface OfferedTo {
  readonly productId: string;
  /** The license that staff look as; null: the viewer. */
  readonly as: LookingAs | null;
  /** The channel that is followed, with those that it includes; null: stable, else any. */
  readonly channel: string | null;
}

/** Finds the release that somebody may download, however many newer ones they may not. */
export class OfferedReleases {
  constructor(
    private readonly database: Database,
    private readonly access: AccessService,
    private readonly subjects: AccessSubjects,
    private readonly loaders: DownloadableLoaders,
  ) {}

  /** The highest published version that is allowed, on the channel that is followed; null when there is none. */
  async find(context: RequestContext, to: OfferedTo): Promise<Downloadable | null> {
    const facts = await this.subjects.factsOfProduct(context, to.productId, to.as);
    const { channels } = facts.product;
    const candidates = releaseCandidates(facts, facts.now);
    const highest = (names: readonly string[]): Promise<Downloadable | null> => this.#highest(context, to, { candidates, names });
    if (to.channel !== null) return highest([...expandChannels(channels, [to.channel])]);
    const others = channels.map(({ name }) => name).filter((name) => name !== STABLE_CHANNEL);
    return (await highest([STABLE_CHANNEL])) ?? highest(others);
  }

  /** The channels that somebody may follow, in the product's order: all of which something could be theirs. */
  async channels(context: RequestContext, { productId, as }: Omit<OfferedTo, 'channel'>): Promise<readonly string[]> {
    const facts = await this.subjects.factsOfProduct(context, productId, as);
    const candidates = releaseCandidates(facts, facts.now);
    const isOpen = ({ name }: Channel): boolean => candidates.some(({ channels }) => channels === null || channels.includes(name));
    return facts.product.channels.filter(isOpen).map(({ name }) => name);
  }

  async #highest(context: RequestContext, to: OfferedTo, among: Candidates): Promise<Downloadable | null> {
    let highest: Downloadable | null = null;
    for (const candidates of among.candidates) {
      const channels = among.names.filter((name) => candidates.channels?.includes(name) ?? true);
      const found = await this.#first(context, to, { productId: to.productId, channels, target: null, versionKeyBelow: null, candidates });
      if (found && (highest === null || found.versionKey > highest.versionKey)) highest = found;
    }
    return highest;
  }

  /** Down the versions until one is allowed. */
  async #first(context: RequestContext, { as }: OfferedTo, walk: ReleaseWalk): Promise<Downloadable | null> {
    for await (const ids of walkReleases(this.database, walk)) {
      const rows = await Promise.all(ids.map((id) => context.loader(this.loaders.byId).load(id)));
      for (const row of rows) if (row && (await this.#isOpen(context, row, as))) return row;
    }
    return null;
  }

  async #isOpen(context: RequestContext, row: Downloadable, as: LookingAs | null): Promise<boolean> {
    const judged = await this.access.decide(context, { row }, as);
    return judged?.decision.allowed === true;
  }
}

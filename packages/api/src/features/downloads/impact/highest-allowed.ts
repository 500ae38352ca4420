import {
  decideAccess,
  expandChannels,
  releaseCandidates,
  type Channel,
  type EntitlementDecision,
  type ReleaseCandidates,
} from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import { findByIds } from '../../../database/entity-rows.js';
import { Downloadable } from '../../downloadables/downloadable.entity.js';
import type { License } from '../../licenses/license.entity.js';
import type { Product } from '../../products/product.entity.js';
import { accessFacts, type JudgedRelease } from '../access/access-facts.js';
import { walkReleases } from '../access/release-walk.js';
import type { AudienceReader } from '../audience/audience-reader.js';

export interface HighestUse {
  readonly database: Database;
  readonly audience: AudienceReader;
}

/** A product, and the moment at which licenses for it are judged. */
export interface JudgedAt {
  readonly product: Product;
  readonly channels: readonly Channel[];
  readonly timeZone: string;
  readonly now: Date;
}

const CUSTOMER = { kind: 'CUSTOMER' } as const;

/** Releases that licenses share; who is allowed none of so many looks on alone. */
const SHARED = 500;
/** An archived release is for those who have nothing newer. */
const STATUSES = ['PUBLISHED', 'ARCHIVED'] as const;
type WalkedStatus = (typeof STATUSES)[number];
const EVERYTHING: ReleaseCandidates = { channels: null, datedUntil: null, versionKeyFrom: null, versionKeyUntil: null };

/** Finds the highest version that a license may have. Licenses that begin to look at the same place share what they find there. */
export class HighestAllowed {
  readonly #walks = new Map<string, SharedWalk>();

  constructor(
    private readonly use: HighestUse,
    private readonly at: JudgedAt,
  ) {}

  /** Null when the license opens none. */
  async of(license: License): Promise<JudgedRelease | null> {
    const facts = {
      viewer: CUSTOMER,
      licenses: [license],
      product: { ...this.at.product, channels: this.at.channels },
      timeZone: this.at.timeZone,
    };
    const among = releaseCandidates(facts, this.at.now);
    for (const status of STATUSES) {
      let highest: JudgedRelease | null = null;
      for (const candidates of among) {
        const found = await this.#first(license, candidates, status);
        if (found && (highest === null || found.row.versionKey > highest.row.versionKey)) highest = found;
      }
      if (highest) return highest;
    }
    return null;
  }

  /** The highest version on the channels of a license, or else on any, whoever may have it. */
  async ofAnybody({ channels }: License): Promise<JudgedRelease | null> {
    const own = { ...EVERYTHING, channels: [...expandChannels(this.at.channels, channels)] };
    for (const candidates of [own, EVERYTHING])
      for (const status of STATUSES) for await (const release of this.#walk(candidates, status)) return release;
    return null;
  }

  decide(license: License, release: JudgedRelease): EntitlementDecision {
    return decideAccess(accessFacts({ viewer: CUSTOMER, licenses: [license] }, release, this.at.timeZone), this.at.now);
  }

  async #first(license: License, candidates: ReleaseCandidates, status: WalkedStatus): Promise<JudgedRelease | null> {
    for await (const release of this.#walk(candidates, status)) if (this.decide(license, release).allowed) return release;
    return null;
  }

  async *#walk(candidates: ReleaseCandidates, status: WalkedStatus): AsyncGenerator<JudgedRelease> {
    const key = JSON.stringify([candidates, status]);
    const shared = this.#walks.get(key) ?? new SharedWalk(this.#releases(candidates, status, null));
    this.#walks.set(key, shared);
    let below: string | null = null;
    for await (const release of shared) {
      yield release;
      below = release.row.versionKey;
    }
    if (shared.isFull) yield* this.#releases(candidates, status, below);
  }

  async *#releases(candidates: ReleaseCandidates, status: WalkedStatus, versionKeyBelow: string | null): AsyncGenerator<JudgedRelease> {
    const { product, channels } = this.at;
    const names = channels.map(({ name }) => name).filter((name) => candidates.channels?.includes(name) ?? true);
    const walk = { productId: product.id, status, channels: names, target: null, versionKeyBelow, candidates };
    for await (const ids of walkReleases(this.use.database, walk)) {
      const rows = new Map((await findByIds(this.use.database, Downloadable, ids)).map((row) => [row.id, row]));
      for (const id of ids) {
        const row = rows.get(id);
        if (row) yield await this.use.audience.judged(row, product, channels);
      }
    }
  }
}

/** Goes on where the one who went farthest stopped; the others are told what was found on the way. */
class SharedWalk implements AsyncIterable<JudgedRelease> {
  readonly #found: JudgedRelease[] = [];

  constructor(private readonly source: AsyncGenerator<JudgedRelease>) {}

  /** Whether there may be more, which nobody shares. */
  get isFull(): boolean {
    return this.#found.length >= SHARED;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<JudgedRelease> {
    for (let place = 0; place < SHARED; place += 1) {
      if (place >= this.#found.length) {
        const next = await this.source.next();
        if (next.done) return;
        this.#found.push(next.value);
      }
      const release = this.#found[place];
      if (release) yield release;
    }
  }
}

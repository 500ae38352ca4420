import { decideAccess, releaseCandidates, type Channel, type EntitlementDecision, type ReleaseCandidates } from '@slipway/shared';
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

/** Finds the highest published version that a license may have. Licenses that begin to look at the same place share what they find there. */
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
    let highest: JudgedRelease | null = null;
    for (const candidates of releaseCandidates(facts, this.at.now)) {
      const found = await this.#first(license, candidates);
      if (found && (highest === null || found.row.versionKey > highest.row.versionKey)) highest = found;
    }
    return highest;
  }

  /** The highest published version, whoever may have it. */
  async ofAll(): Promise<JudgedRelease | null> {
    for await (const release of this.#walk({ channels: null, datedUntil: null, versionKeyFrom: null, versionKeyUntil: null }))
      return release;
    return null;
  }

  decide(license: License, release: JudgedRelease): EntitlementDecision {
    return decideAccess(accessFacts({ viewer: CUSTOMER, licenses: [license] }, release, this.at.timeZone), this.at.now);
  }

  async #first(license: License, candidates: ReleaseCandidates): Promise<JudgedRelease | null> {
    for await (const release of this.#walk(candidates)) if (this.decide(license, release).allowed) return release;
    return null;
  }

  #walk(candidates: ReleaseCandidates): SharedWalk {
    const key = JSON.stringify(candidates);
    const walk = this.#walks.get(key) ?? new SharedWalk(this.#releases(candidates));
    this.#walks.set(key, walk);
    return walk;
  }

  async *#releases(candidates: ReleaseCandidates): AsyncGenerator<JudgedRelease> {
    const { product, channels } = this.at;
    const names = channels.map(({ name }) => name).filter((name) => candidates.channels?.includes(name) ?? true);
    const walk = { productId: product.id, channels: names, target: null, versionKeyBelow: null, candidates };
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

  async *[Symbol.asyncIterator](): AsyncGenerator<JudgedRelease> {
    for (let place = 0; ; place += 1) {
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

import { ENTITLEMENT_CODES, STABLE_CHANNEL, type EntitlementDecision } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import type { RequestContext } from '../../kernel/context.js';
import type { FieldWeight } from '../../kernel/weight.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import type { DownloadableLoaders } from '../downloadables/downloadable.loaders.js';
import type { AccessService, LookingAs } from './access.service.js';

/** The first step is short, since the newest release is mostly open; each later one is a statement and this many decisions. */
const FIRST_STEP = 10;
const STEP = 100;

/** A walk may pass all releases of a product: one request asks this of a few products, not of a page of them. */
export const OFFERED_WEIGHT: FieldWeight = { work: 1_000 };

interface Place {
  readonly id: string;
  readonly version_key: string;
}

/** Finds the release that somebody may download, however many newer ones they may not. */
export class OfferedReleases {
  constructor(
    private readonly database: Database,
    private readonly access: AccessService,
    private readonly loaders: DownloadableLoaders,
  ) {}

  /**
   * The highest published version that is allowed, on the stable channel when there is one there; null when there is none.
   * @param as the license that staff look as; null: the viewer
   */
  async find(context: RequestContext, productId: string, as: LookingAs | null): Promise<Downloadable | null> {
    return (
      (await this.#walk(context, { productId, as, channel: `= '${STABLE_CHANNEL}'` })) ??
      this.#walk(context, { productId, as, channel: `<> '${STABLE_CHANNEL}'` })
    );
  }

  /** Down the versions, a step at a time, until one is allowed or none can be. */
  async #walk(
    context: RequestContext,
    { productId, as, channel }: { productId: string; as: LookingAs | null; channel: string },
  ): Promise<Downloadable | null> {
    let below: string | null = null;
    for (let size = FIRST_STEP; ; size = STEP) {
      const places = await this.#step(productId, { channel, below, size });
      const rows = await Promise.all(places.map(({ id }) => context.loader(this.loaders.byId).load(id)));
      const judged = await Promise.all(rows.flatMap((row) => (row ? [this.#judge(context, row, as)] : [])));
      const open = judged.find(({ decision }) => decision.allowed);
      if (open) return open.row;
      const last = places.at(-1);
      if (last === undefined || places.length < size || judged.some(isOfEveryRelease)) return null;
      below = last.version_key;
    }
  }

  #step(productId: string, { channel, below, size }: { channel: string; below: string | null; size: number }): Promise<Place[]> {
    const range = below === null ? '' : 'AND version_key < ?';
    return this.database.query<Place>(
      `SELECT id, version_key FROM downloadable WHERE product_id = ? AND status = 'PUBLISHED' AND channel ${channel} ${range}
       ORDER BY version_key DESC LIMIT ?`,
      [productId, ...(below === null ? [] : [below]), size],
    );
  }

  async #judge(context: RequestContext, row: Downloadable, as: LookingAs | null): Promise<Judged> {
    const decision = as ? await this.access.decideReleaseAs(context, row, as) : await this.access.decideRelease(context, row);
    return { row, decision };
  }
}

interface Judged {
  readonly row: Downloadable;
  readonly decision: EntitlementDecision;
}

/** A no that every other release of the product gets as well: what stands before the expiry speaks of no release, but for one just hidden. */
function isOfEveryRelease({ decision: { code } }: Judged): boolean {
  return code !== 'NOT_FOUND' && ENTITLEMENT_CODES.indexOf(code) < ENTITLEMENT_CODES.indexOf('LICENSE_EXPIRED');
}

import { decideAccess, PUBLIC_STATUSES } from '@slipway/shared';
import { In, LessThan } from 'typeorm';
import { Downloadable } from '../../downloadables/downloadable.entity.js';
import { sumCounters } from '../../downloadables/list/list-counters.js';
import type { License } from '../../licenses/license.entity.js';
import { applyTerms } from '../../licenses/license.rules.js';
import { Product } from '../../products/product.entity.js';
import { accessFacts, type JudgedRelease } from '../access/access-facts.js';
import { effectOf, sumParts } from './impact-sum.js';
import type { ImpactGroupInput, LicenseImpactInput } from './impact.inputs.js';
import type { ImpactEntry, ImpactStep } from './impact.schema.js';
import type { ImpactUse } from './release-impact.js';

/** Releases that one request judges. */
const STEP = 500;
/** What was withdrawn is nobody's to gain. */
const JUDGED = PUBLIC_STATUSES.filter((status) => status !== 'WITHDRAWN');

/** Tells what a change to a license does to the releases of its product, from the highest version down. */
export class LicenseImpact {
  constructor(private readonly use: ImpactUse) {}

  async step(
    license: License,
    { terms, status }: LicenseImpactInput,
    from: { after: string | null; list: ImpactGroupInput | null },
  ): Promise<ImpactStep> {
    const { productId } = license;
    const changed: License = { ...license, ...applyTerms(license, terms), status: status ?? license.status };
    const rows = await this.use.database.read.find(Downloadable, {
      where: { productId, status: In([...JUDGED]), ...(from.after === null ? {} : { versionKey: LessThan(from.after) }) },
      order: { versionKey: 'DESC' },
      take: STEP,
    });
    const judge = await this.#judge(license, changed);
    const parts = [];
    for (const row of rows) parts.push({ cursor: row.versionKey, entries: [await judge(row)] });
    const until = rows.length < STEP ? null : (rows.at(-1)?.versionKey ?? null);
    const slices = JUDGED.map((one) => ({ productId, status: one }));
    return { ...sumParts(parts, { list: from.list, until }), total: await sumCounters(this.use.database, slices), totalCapped: false };
  }

  async #judge(license: License, changed: License): Promise<(row: Downloadable) => Promise<ImpactEntry>> {
    const { timeZone } = await this.use.settings.read();
    const now = this.use.clock.now();
    const product = await this.use.database.read.findOneByOrFail(Product, { id: license.productId });
    const channels = await this.use.audience.channels(product.id);
    const decide = (one: License, release: JudgedRelease) =>
      decideAccess(accessFacts({ viewer: { kind: 'CUSTOMER' }, licenses: [one] }, release, timeZone), now);
    return async (row) => {
      const release = await this.use.audience.judged(row, product, channels);
      const [was, will] = [decide(license, release), decide(changed, release)];
      return { effect: effectOf(was, will), code: will.code, license: null, downloadable: row };
    };
  }
}

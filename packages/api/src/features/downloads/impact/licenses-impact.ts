import { In } from 'typeorm';
import type { RequestContext } from '../../../kernel/context.js';
import { mayReach, mayUse } from '../../../kernel/policy.js';
import { badInput, forbidden, notFound } from '../../../kernel/problem/faults.js';
import { Refusal } from '../../../kernel/problem/refusal.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import { LicenseListArgs } from '../../licenses/license-filter.js';
import type { LicenseList } from '../../licenses/license-list.js';
import { License } from '../../licenses/license.entity.js';
import { checkPreviewedInput, previewOne } from '../../licenses/tasks/bulk-change.js';
import type { ChangeLicensesInput } from '../../licenses/tasks/license-task.schema.js';
import { Product } from '../../products/product.entity.js';
import { HighestAllowed } from './highest-allowed.js';
import { sumParts } from './impact-sum.js';
import type { ImpactGroupInput } from './impact.inputs.js';
import type { ImpactEntry, ImpactStep } from './impact.schema.js';
import type { ImpactUse } from './release-impact.js';

/** Licenses that one request judges: a page of their list. */
const STEP = 100;

export interface LicensesImpactUse extends ImpactUse {
  readonly list: LicenseList;
}

interface Place {
  readonly after: string | null;
  readonly list: ImpactGroupInput | null;
}

/** Licenses that are meant, each with the cursor after it. */
interface Slice {
  readonly licenses: readonly { readonly cursor: string; readonly license: License }[];
  /** Where to go on; null: there are no more. */
  readonly until: string | null;
  readonly total: number;
  readonly totalCapped: boolean;
}

/** Tells what a change to many licenses does: by the newest release that each may have before and after it. */
export class LicensesImpact {
  constructor(private readonly use: LicensesImpactUse) {}

  /** @throws PublicFault BAD_USER_INPUT, NOT_FOUND, FORBIDDEN */
  async step(context: RequestContext, change: ChangeLicensesInput, { after, list }: Place): Promise<ImpactStep> {
    if (!mayReach(context.actor, 'license:read')) throw forbidden('license:read');
    checkChange(change);
    const slice = change.ids == null ? await this.#matching(context, change, after) : await this.#named(context, change.ids, after);
    const judge = await this.#judge(change);
    const parts = [];
    for (const { cursor, license } of slice.licenses) parts.push({ cursor, entries: [await judge(license)] });
    return { ...sumParts(parts, { list, until: slice.until }), total: slice.total, totalCapped: slice.totalCapped };
  }

  /** Those with given IDs, in the order of these; the cursor is an ID. */
  async #named({ actor }: RequestContext, given: readonly string[], after: string | null): Promise<Slice> {
    const ids = [...new Set(given)].toSorted();
    if (after !== null && !ids.includes(after)) throw badInput('Give the endCursor of the part before as after.');
    const rest = ids.filter((id) => after === null || id > after);
    const wanted = rest.slice(0, STEP);
    const rows = new Map((await this.use.database.read.findBy(License, { id: In(wanted) })).map((row) => [row.id, row]));
    const licenses = wanted.map((id) => {
      const license = rows.get(id);
      if (!license || !mayUse(actor, 'license:read', license.productId)) throw notFound('license');
      return { cursor: id, license };
    });
    return { licenses, until: rest.length > STEP ? (wanted.at(-1) ?? null) : null, total: ids.length, totalCapped: false };
  }

  /** Those that the list of licenses would show. */
  async #matching(context: RequestContext, { filter }: ChangeLicensesInput, after: string | null): Promise<Slice> {
    const args = Object.assign(new LicenseListArgs(), filter, { first: STEP, after });
    const { edges, pageInfo, totalCount, totalCountCapped } = await this.use.list.list(context, args);
    return {
      licenses: edges.map(({ cursor, node }) => ({ cursor, license: node })),
      until: pageInfo.hasNextPage ? pageInfo.endCursor : null,
      total: totalCount,
      totalCapped: totalCountCapped,
    };
  }

  async #judge(change: ChangeLicensesInput): Promise<(license: License) => Promise<ImpactEntry>> {
    const at = { now: this.use.clock.now(), timeZone: (await this.use.settings.read()).timeZone };
    const ofProduct = new Map<string, Promise<HighestAllowed>>();
    const highestOf = async (productId: string): Promise<HighestAllowed> => {
      const product = await this.use.database.read.findOneByOrFail(Product, { id: productId });
      return new HighestAllowed(this.use, { ...at, product, channels: await this.use.audience.channels(productId) });
    };
    return async (license) => {
      const highest = ofProduct.get(license.productId) ?? highestOf(license.productId);
      ofProduct.set(license.productId, highest);
      return { license, ...(await effectOn(license, previewOne(change, license, at), await highest)) };
    };
  }
}

/** A question is answered by a fault, not by a refusal. */
function checkChange(change: ChangeLicensesInput): void {
  try {
    checkPreviewedInput(change);
  } catch (error) {
    throw error instanceof Refusal ? badInput(error.message) : error;
  }
}

/** Whether the newest release of a license becomes another one, or none. */
async function effectOn(license: License, changed: License, highest: HighestAllowed): Promise<Omit<ImpactEntry, 'license'>> {
  const [had, has] = [await highest.of(license), await highest.of(changed)];
  const of = (effect: ImpactEntry['effect'], release: { readonly row: Downloadable }) => ({ effect, downloadable: release.row });
  if (had && (has === null || has.row.versionKey < had.row.versionKey))
    return { ...of('LOSES', had), code: highest.decide(changed, had).code };
  if (has) return { ...of(had?.row.id === has.row.id ? 'KEEPS' : 'GAINS', has), code: 'ALLOWED' };
  const newest = await highest.ofAnybody(changed);
  if (newest === null) return { effect: 'STAYS_WITHOUT', code: 'NOT_FOUND', downloadable: null };
  return { ...of('STAYS_WITHOUT', newest), code: highest.decide(changed, newest).code };
}

import { decideAccess, type EntitlementDecision } from '@slipway/shared';
import { In } from 'typeorm';
import type { Database } from '../../../database/database.js';
import type { Clock } from '../../../kernel/clock.js';
import { groupBy } from '../../../kernel/grouping.js';
import { badInput } from '../../../kernel/problem/faults.js';
import { License } from '../../licenses/license.entity.js';
import type { SettingsService } from '../../settings/settings.service.js';
import { accessFacts, type JudgedRelease } from '../access/access-facts.js';
import type { AudienceReader } from '../audience/audience-reader.js';
import { whoDownloaded } from '../audience/who-downloaded.js';
import type { ChangedRelease } from './changed-release.js';
import { effectOf, isStronger, sumParts } from './impact-sum.js';
import type { ImpactGroupInput } from './impact.inputs.js';
import type { ImpactEntry, ImpactStep } from './impact.schema.js';

/** What one request judges at most: licenses, and pairs of a license and a release. MariaDB looks up to 200 customers along their index, of more it reads all. */
const STEP = { customers: 200, licenses: 2_000, pairs: 20_000 };

export interface ImpactUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly settings: SettingsService;
  readonly audience: AudienceReader;
}

/** Where a part begins, what it lists, and the time at which licenses are judged; null: now. */
export interface ImpactPlace {
  readonly after: string | null;
  readonly list: ImpactGroupInput | null;
  readonly at: Date | null;
}

/** How far a walk has come, and how many licenses it is over. */
interface Position {
  readonly productId: string;
  /** The customer whose licenses were judged last; empty: none yet. */
  readonly customerId: string;
  readonly total: number;
}

/** The next customers of one product, and where to go on after them. */
interface Slice {
  readonly customerIds: readonly string[];
  readonly until: string | null;
}

type Judge = (license: License, release: JudgedRelease) => EntitlementDecision;

/** Tells what changes to releases do to the licenses of their products: each is judged by itself, before and after. */
export class ReleaseImpact {
  constructor(private readonly use: ImpactUse) {}

  /** @param changes one at least @throws PublicFault BAD_USER_INPUT */
  async step(changes: readonly ChangedRelease[], place: ImpactPlace): Promise<ImpactStep> {
    const productIds = [...new Set(changes.map(({ before }) => before.product.id))].toSorted();
    const begin = place.after === null ? await this.#begin(productIds) : readPosition(place.after, productIds);
    const { productId, total } = begin;
    const { customerIds, until } = await this.#slice(begin, { productIds, changes: changes.length });
    const mine = changes.filter(({ before }) => before.product.id === productId);
    const where = { productId, customerId: In([...customerIds]) };
    const licenses = await this.use.database.read.find(License, { where, order: { id: 'DESC' } });
    const judge = await this.#judge(mine, { customerIds, at: place.at });
    const namesRelease = changes.length > 1;
    const ofCustomer = groupBy(licenses, ({ customerId }) => customerId);
    const parts = customerIds.map((customerId) => ({
      cursor: cursorOf({ productId, customerId, total }),
      entries: ofCustomer(customerId).map((license) => entryOf(license, mine, { judge, namesRelease })),
    }));
    return { ...sumParts(parts, { list: place.list, until }), total, totalCapped: false };
  }

  /** The first part counts the licenses, an index entry each; the cursor tells the others. */
  async #begin(productIds: readonly string[]): Promise<Position> {
    let total = 0;
    for (const id of productIds) total += await this.use.audience.countLicenses(id);
    return { productId: productIds[0] ?? '', customerId: '', total };
  }

  /** Product after product, in the order of their IDs. */
  async #slice(
    begin: Position,
    { productIds, changes }: { readonly productIds: readonly string[]; readonly changes: number },
  ): Promise<Slice> {
    const most = { customers: STEP.customers, licenses: Math.min(STEP.licenses, Math.floor(STEP.pairs / changes)) };
    const { customerIds, until } = await this.use.audience.slice(begin.productId, begin.customerId, most);
    if (until !== null) return { customerIds, until: cursorOf({ ...begin, customerId: until }) };
    const next = productIds[productIds.indexOf(begin.productId) + 1];
    return { customerIds, until: next === undefined ? null : cursorOf({ ...begin, productId: next, customerId: '' }) };
  }

  async #judge(
    changes: readonly ChangedRelease[],
    { customerIds, at }: { readonly customerIds: readonly string[]; readonly at: Date | null },
  ): Promise<Judge> {
    const { timeZone } = await this.use.settings.read();
    const now = at ?? this.use.clock.now();
    const downloaded = new Map<string, ReadonlySet<string>>();
    for (const { before, after } of changes)
      if (isWithdrawn(before) || isWithdrawn(after))
        downloaded.set(before.row.id, (await whoDownloaded(this.use.database, before, customerIds)).licenseIds);
    return (license, release) => {
      const facts = accessFacts({ viewer: { kind: 'CUSTOMER' }, licenses: [license] }, release, timeZone);
      const downloadedBefore = downloaded.get(release.row.id)?.has(license.id) ?? false;
      return decideAccess({ ...facts, licenses: facts.licenses.map((one) => ({ ...one, downloadedBefore })) }, now);
    };
  }
}

const cursorOf = ({ productId, customerId, total }: Position): string => [productId, customerId, total].join('.');

function readPosition(cursor: string, productIds: readonly string[]): Position {
  const [productId = '', customerId = '', counted = ''] = cursor.split('.');
  if (!productIds.includes(productId) || !/^\d{1,9}$/.test(counted)) throw badInput('Give the endCursor of the part before as after.');
  return { productId, customerId, total: Number(counted) };
}

/** Only then it matters who downloaded it before. */
const isWithdrawn = ({ row }: JudgedRelease): boolean => row.status === 'WITHDRAWN';

/** The strongest of what the changes do to a license. */
function entryOf(
  license: License,
  changes: readonly ChangedRelease[],
  { judge, namesRelease }: { readonly judge: Judge; readonly namesRelease: boolean },
): ImpactEntry {
  let strongest: ImpactEntry | null = null;
  for (const { before, after } of changes) {
    const [was, will] = [judge(license, before), judge(license, after)];
    const effect = effectOf(was, will);
    if (strongest !== null && !isStronger(effect, strongest.effect)) continue;
    strongest = { effect, code: will.code, license, downloadable: namesRelease ? before.row : null };
    if (effect === 'LOSES') break; // nothing is stronger
  }
  if (strongest === null) throw new Error('There is no change to judge.');
  return strongest;
}

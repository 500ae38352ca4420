import { decideAccess, type EntitlementDecision } from '@slipway/shared';
import { In } from 'typeorm';
import type { Database } from '../../../database/database.js';
import type { Clock } from '../../../kernel/clock.js';
import { groupBy } from '../../../kernel/grouping.js';
import { Revision } from '../../downloadables/revision.entity.js';
import { License } from '../../licenses/license.entity.js';
import type { SettingsService } from '../../settings/settings.service.js';
import { accessFacts, type JudgedRelease } from '../access/access-facts.js';
import type { AudienceReader } from '../audience/audience-reader.js';
import { whoDownloaded } from '../audience/who-downloaded.js';
import { changedRelease } from './changed-release.js';
import { effectOf, sumParts } from './impact-sum.js';
import type { ImpactEntry, ImpactGroupInput, ImpactStep, ReleaseImpactInput } from './impact.schema.js';

/** What one request judges at most. */
const STEP = { customers: 200, licenses: 2_000 };

export interface ImpactUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly settings: SettingsService;
  readonly audience: AudienceReader;
}

interface Judging {
  readonly before: JudgedRelease;
  readonly after: JudgedRelease;
  /** Licenses that have it counted already. */
  readonly downloaded: ReadonlySet<string>;
}

/** Tells what a change to a release does to the licenses of its product: each is judged by itself, before and after. */
export class ReleaseImpact {
  constructor(private readonly use: ImpactUse) {}

  async step(
    before: JudgedRelease,
    input: ReleaseImpactInput,
    from: { after: string | null; list: ImpactGroupInput | null },
  ): Promise<ImpactStep> {
    const { audience, database } = this.use;
    const productId = before.product.id;
    const { customerIds, until } = await audience.slice(productId, from.after, STEP);
    const licenses = await database.read.find(License, { where: { productId, customerId: In([...customerIds]) }, order: { id: 'DESC' } });
    const { licenseIds } = await whoDownloaded(database, before, customerIds);
    const after = changedRelease(before, input, await this.#draftChannel(before));
    const entryOf = await this.#judge({ before, after, downloaded: licenseIds });
    const ofCustomer = groupBy(licenses, ({ customerId }) => customerId);
    const parts = customerIds.map((cursor) => ({ cursor, entries: ofCustomer(cursor).map(entryOf) }));
    return { ...sumParts(parts, { list: from.list, until }), total: await audience.countLicenses(productId) };
  }

  async #judge({ before, after, downloaded }: Judging): Promise<(license: License) => ImpactEntry> {
    const { timeZone } = await this.use.settings.read();
    const now = this.use.clock.now();
    const decide = (license: License, release: JudgedRelease): EntitlementDecision => {
      const facts = accessFacts({ viewer: { kind: 'CUSTOMER' }, licenses: [license] }, release, timeZone);
      const downloadedBefore = downloaded.has(license.id);
      return decideAccess({ ...facts, licenses: facts.licenses.map((one) => ({ ...one, downloadedBefore })) }, now);
    };
    return (license) => {
      const [was, will] = [decide(license, before), decide(license, after)];
      return { effect: effectOf(was, will), code: will.code, license, downloadable: null };
    };
  }

  async #draftChannel({ row, channel }: JudgedRelease): Promise<string> {
    if (row.draftRevisionId === null) return channel;
    const draft = await this.use.database.read.findOneBy(Revision, { id: row.draftRevisionId });
    return draft?.channel ?? channel;
  }
}

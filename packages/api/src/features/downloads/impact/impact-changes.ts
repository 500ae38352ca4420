import { checkChannels, type Channel } from '@slipway/shared';
import { In } from 'typeorm';
import type { Database } from '../../../database/database.js';
import type { Actor } from '../../../kernel/actor.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { seesDrafts } from '../../../kernel/policy.js';
import { badInput, notFound } from '../../../kernel/problem/faults.js';
import { Downloadable } from '../../downloadables/downloadable.entity.js';
import { Revision } from '../../downloadables/revision.entity.js';
import { Product } from '../../products/product.entity.js';
import type { JudgedRelease } from '../access/access-facts.js';
import type { AudienceReader } from '../audience/audience-reader.js';
import { changeOf, type ChangedRelease } from './changed-release.js';
import type { ChannelsImpactInput, ReleaseImpactInput, ReleasesImpactInput } from './impact.inputs.js';

export interface ImpactChangesUse {
  readonly database: Database;
  readonly audience: AudienceReader;
}

interface FoundRelease {
  readonly release: JudgedRelease;
  /** Of the revision that would be published. */
  readonly draftChannel: string;
}

/** Finds the releases that a change is about, as they are and as they would be. What is not theirs to see is answered like what is missing. */
export class ImpactChanges {
  constructor(private readonly use: ImpactChangesUse) {}

  /** @throws PublicFault BAD_USER_INPUT, NOT_FOUND */
  async ofRelease(actor: Actor, input: ReleaseImpactInput): Promise<readonly ChangedRelease[]> {
    const releases = await this.#releases(actor, [input.downloadableId]);
    if (input.change === 'CHANGE_CHANNEL' && input.channel == null) throw badInput('Give the channel after the change.');
    return releases.map(({ release, draftChannel }) => changeOf(release, input, draftChannel));
  }

  /** @throws PublicFault BAD_USER_INPUT, NOT_FOUND */
  async ofReleases(actor: Actor, { downloadableIds, change, severity }: ReleasesImpactInput): Promise<readonly ChangedRelease[]> {
    const ids = [...new Set(downloadableIds)];
    const { most } = LIMITS.bulkReleases;
    if (ids.length === 0 || ids.length > most)
      throw badInput(`Send 1 to ${most} downloadableIds at a time; this request has ${ids.length}.`);
    if (change === 'CHANGE_CHANNEL') throw badInput('Preview another channel for one release at a time, with release.');
    const releases = await this.#releases(actor, ids);
    return releases.map(({ release, draftChannel }) => changeOf(release, { change, severity: severity ?? null }, draftChannel));
  }

  /** The highest published version of each channel, before and after. @throws PublicFault BAD_USER_INPUT, NOT_FOUND */
  async ofChannels(actor: Actor, { productId, channels: wanted }: ChannelsImpactInput): Promise<readonly ChangedRelease[]> {
    const product = await this.use.database.read.findOneBy(Product, { id: productId });
    if (!product || !seesDrafts(actor, productId)) throw notFound('product');
    const after = wanted.map(({ name, includes }) => ({ name, includes: includes ?? [] }));
    const problem = checkChannels(after);
    if (problem) throw badInput(problem.message);
    const before = await this.use.audience.channels(productId);
    const changes: ChangedRelease[] = [];
    for (const channel of new Set([...before, ...after].map(({ name }) => name))) {
      const where = { productId, status: 'PUBLISHED', channel } as const;
      const row = await this.use.database.read.findOne(Downloadable, { where, order: { versionKey: 'DESC' } });
      const release = row && (await this.use.audience.judged(row, product, before));
      if (release) changes.push({ before: release, after: { ...release, channels: after } });
    }
    return changes;
  }

  /** All of them, in their order. @throws PublicFault NOT_FOUND */
  async #releases(actor: Actor, ids: readonly string[]): Promise<readonly FoundRelease[]> {
    const { database, audience } = this.use;
    const rows = new Map((await database.read.findBy(Downloadable, { id: In([...ids]) })).map((row) => [row.id, row]));
    const productIds = [...new Set([...rows.values()].map(({ productId }) => productId))];
    const products = new Map((await database.read.findBy(Product, { id: In(productIds) })).map((product) => [product.id, product]));
    const channels = new Map<string, readonly Channel[]>();
    for (const id of productIds) channels.set(id, await audience.channels(id));
    const draftChannels = await this.#draftChannels([...rows.values()]);
    const found: FoundRelease[] = [];
    for (const id of ids) {
      const row = rows.get(id);
      const product = row && products.get(row.productId);
      if (!row || !product || !seesDrafts(actor, product.id)) throw notFound('downloadable');
      const release = await audience.judged(row, product, channels.get(product.id) ?? []);
      found.push({ release, draftChannel: draftChannels.get(row.draftRevisionId ?? '') ?? release.channel });
    }
    return found;
  }

  /** By the IDs of the open revisions. */
  async #draftChannels(rows: readonly Downloadable[]): Promise<ReadonlyMap<string, string>> {
    const ids = rows.flatMap(({ draftRevisionId }) => (draftRevisionId === null ? [] : [draftRevisionId]));
    const where = { id: In(ids) };
    const drafts = ids.length === 0 ? [] : await this.use.database.read.find(Revision, { select: { id: true, channel: true }, where });
    return new Map(drafts.map(({ id, channel }) => [id, channel]));
  }
}

import {
  checkShareLinkChannel,
  checkShareLinkScope,
  checkShareLinkTerms,
  SHARE_LINK_DEFAULT_DAYS,
  type Problem,
  type ShareLinkScope,
  type ShareLinkTerms,
} from '@slipway/shared';
import { IsNull, MoreThan, Not } from 'typeorm';
import { mayUse, seesDrafts } from '../../kernel/policy.js';
import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import { actorId } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { forbidden, notFound } from '../../kernel/problem/faults.js';
import { newId } from '../../kernel/ids.js';
import { FieldProblems, refuse } from '../../kernel/problem/refusal.js';
import { hashToken, randomToken } from '../../kernel/secret/secrets.js';
import { requireRoom } from '../../kernel/limit-room.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import { lockDownloadable } from '../downloadables/downloadable-lock.js';
import type { IdempotencyKeys } from '../../machinery/idempotency/idempotency.service.js';
import { Product } from '../products/product.entity.js';
import type { ProductService } from '../products/product.service.js';
import type { SettingsService } from '../settings/settings.service.js';
import { ShareLink } from './share-link.entity.js';
import type { CreateShareLinkInput } from './share-link.schema.js';

export interface ShareLinkDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly idempotency: IdempotencyKeys;
  readonly products: ProductService;
  readonly settings: SettingsService;
}

type OpenedBy = Pick<ShareLink, 'productId' | 'downloadableId' | 'version' | 'channel'>;

/**
 * Makes and revokes share links. They hand files to outsiders, so both need `release:publish`, as publishing does. The
 * token is random and shown once; the table has its hash.
 */
export class ShareLinkService {
  constructor(private readonly use: ShareLinkDependencies) {}

  /** The link, or null when it is missing or not for this viewer. */
  async find(context: RequestContext, id: string): Promise<ShareLink | null> {
    const link = await this.use.database.read.findOneBy(ShareLink, { id });
    return link && seesDrafts(context.actor, link.productId) ? link : null;
  }

  /** @returns the link's row, and its token when this call made it */
  async create(context: RequestContext, input: CreateShareLinkInput): Promise<{ link: ShareLink; token: string | null }> {
    const { idempotencyKey, ...rest } = input;
    const token = randomToken();
    const { shareLinkDays } = await this.use.settings.read();
    return this.use.database.transaction(async (tx) => {
      const call = { operation: 'createShareLink', key: idempotencyKey, input: rest, made: { entity: ShareLink, noun: 'share link' } };
      const { id, isNew } = await this.use.idempotency.once(tx, context, call, async () => {
        const createdAt = this.use.clock.now();
        const opened = await this.#lockOpened(tx, context, scopeOf(input));
        await requireRoomFor(tx, opened, createdAt);
        const row: ShareLink = {
          id: newId(),
          tokenHash: hashToken(token),
          ...opened,
          ...this.#checkTerms(input, createdAt, shareLinkDays),
          createdByKind: context.actor.kind,
          createdBy: actorId(context.actor),
          createdAt,
          downloadsUsed: 0,
          lastUsedAt: null,
          revokedAt: null,
        };
        await tx.manager.insert(ShareLink, row);
        await this.#record(tx, context, 'create', row);
        return row.id;
      });
      return { link: await requireOwn(tx, context, id), token: isNew ? token : null };
    });
  }

  /** The next request by the link finds nothing. Revoking twice is revoking once. */
  async revoke(context: RequestContext, id: string): Promise<ShareLink> {
    return this.use.database.transaction(async (tx) => {
      const before = await tx.lock(ShareLink, { id });
      if (!before || !seesDrafts(context.actor, before.productId)) throw notFound('share link');
      if (!mayUse(context.actor, 'release:publish', before.productId)) throw forbidden('release:publish');
      if (before.revokedAt) return before;
      const after = { ...before, revokedAt: this.use.clock.now() };
      await tx.manager.update(ShareLink, { id }, { revokedAt: after.revokedAt });
      await this.#record(tx, context, 'revoke', after);
      return after;
    });
  }

  /** What the link opens, its row locked: it cannot be deleted or withdrawn meanwhile. */
  async #lockOpened(tx: Transaction, context: RequestContext, scope: ShareLinkScope): Promise<OpenedBy> {
    const { downloadableId, productId, channel } = scope;
    if (downloadableId === null) return this.#lockChannel(tx, context, { productId: productId ?? '', channel: channel ?? '' });
    const row = await lockDownloadable(tx, context, { id: downloadableId, scope: 'release:publish' });
    if (row.status === 'WITHDRAWN')
      refuse(
        'RELEASE_WITHDRAWN',
        `Version ${row.version} was withdrawn, so nobody can download it: share another release.`,
        'downloadableId',
      );
    return { productId: row.productId, downloadableId, version: row.version, channel: null };
  }

  async #lockChannel(tx: Transaction, { actor }: RequestContext, wanted: { productId: string; channel: string }): Promise<OpenedBy> {
    const { productId, channel } = wanted;
    const product = await tx.lock(Product, { id: productId });
    if (!product || !seesDrafts(actor, productId)) throw notFound('product');
    if (!mayUse(actor, 'release:publish', productId)) throw forbidden('release:publish');
    const channels = await this.use.products.channelsOf(tx, productId);
    const problem = checkShareLinkChannel(
      channel,
      channels.map(({ name }) => name),
    );
    if (problem) refuse(problem.code, problem.message, 'channel');
    return { productId, channel, downloadableId: null, version: null };
  }

  #checkTerms(input: CreateShareLinkInput, now: Date, maxDays: number): ShareLinkTerms {
    const expiresAt = input.expiresAt ?? new Date(now.getTime() + Math.min(SHARE_LINK_DEFAULT_DAYS, maxDays) * 86_400_000);
    const terms = { label: input.label?.trim() || null, expiresAt, maxDownloads: input.maxDownloads ?? null };
    const problems = new FieldProblems();
    const found: Partial<Record<string, Problem>> = checkShareLinkTerms(terms, now, maxDays);
    for (const [field, problem] of Object.entries(found)) problems.add(field, problem ?? null);
    problems.throwIfAny();
    return terms;
  }

  /** In the history of what the link opens. */
  async #record(tx: Transaction, context: RequestContext, verb: 'create' | 'revoke', link: ShareLink): Promise<void> {
    const { id, label, channel, expiresAt, maxDownloads, downloadsUsed, revokedAt } = link;
    const told = { shareLinkId: id, label, channel };
    await this.use.audit.record(tx, context, {
      action: `shareLink.${verb}`,
      subjectType: link.downloadableId === null ? 'product' : 'downloadable',
      subjectId: link.downloadableId ?? link.productId,
      after: verb === 'create' ? { ...told, expiresAt, maxDownloads } : { ...told, downloadsUsed, revokedAt },
    });
  }
}

/** Counts the links that work to the same release, or to channels of the same product: its row is locked. */
async function requireRoomFor(tx: Transaction, { downloadableId, productId }: OpenedBy, now: Date): Promise<void> {
  const working = { revokedAt: IsNull(), expiresAt: MoreThan(now) };
  const opened = downloadableId === null ? { productId, channel: Not(IsNull()) } : { downloadableId };
  const [who, field] =
    downloadableId === null ? ['The channels of this product have', 'productId'] : ['This release has', 'downloadableId'];
  requireRoom(LIMITS.shareLinks, await tx.manager.countBy(ShareLink, { ...opened, ...working }), {
    who,
    field,
    advice: 'revoke one first',
  });
}

/** @throws Refusal ONE_OF unless exactly one thing is named */
function scopeOf({ downloadableId = null, productId = null, channel = null }: CreateShareLinkInput): ShareLinkScope {
  const scope = { downloadableId, productId, channel: channel?.trim() ?? null };
  const problem = checkShareLinkScope(scope);
  if (problem) refuse(problem.code, problem.message, 'downloadableId');
  return scope;
}

/** The link that a request made, or made before: whoever repeats it may have lost the product since. */
async function requireOwn(tx: Transaction, { actor }: RequestContext, id: string): Promise<ShareLink> {
  const link = await tx.manager.findOneByOrFail(ShareLink, { id });
  if (!mayUse(actor, 'release:publish', link.productId)) throw notFound('share link');
  return link;
}

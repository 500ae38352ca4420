import { mayUse } from '../../../kernel/policy.js';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { forbidden, notFound } from '../../../kernel/problem/faults.js';
import { newId } from '../../../kernel/ids.js';
import { amountOf } from '../../../kernel/limit-room.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import type { IdempotencyKeys } from '../../../machinery/idempotency/idempotency.service.js';
import { Product } from '../../products/product.entity.js';
import type { ProductService } from '../../products/product.service.js';
import type { SettingsService } from '../../settings/settings.service.js';
import type { AnnounceFiles, Announcement } from './announced-file.inputs.js';
import { Downloadable } from '../downloadable.entity.js';
import type { CreateDownloadableInput, UpdateDownloadableInput } from './downloadable.inputs.js';
import { checkContent, type CheckedContent, type DraftContent, type ProductRules } from '../downloadable.rules.js';
import { lockDownloadable, lockDraft, requireLockVersion } from '../downloadable-lock.js';
import { reread, touched, wasEverPublished } from '../publishing/lifecycle-steps.js';
import { project } from '../projection/projection.js';
import type { PublishingService } from '../publishing/publishing.service.js';
import { contentOfRevision, NO_PAST, Revision } from '../revision.entity.js';
import { takeVersion } from './unique-version.js';

/** Creates and edits downloadables. Changes of status are `PublishingService`'s. */
export class DownloadableService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly idempotency: IdempotencyKeys,
    private readonly products: ProductService,
    private readonly publishing: PublishingService,
    private readonly settings: SettingsService,
    private readonly announce: AnnounceFiles,
  ) {}

  /** Makes a draft, with the files that will come. @throws PublicFault NOT_FOUND, Refusal VERSION_TAKEN and others */
  async create(context: RequestContext, input: CreateDownloadableInput): Promise<Downloadable> {
    const { idempotencyKey, ...rest } = input;
    const { maxFileSizeBytes } = await this.settings.read();
    return this.database.transaction(async (tx) => {
      const productId = await this.#productIdOf(tx, input);
      if (!mayUse(context.actor, 'release:write', productId)) throw notFound('product');
      if (input.publish) requirePublishing(context, productId);
      const made = { entity: Downloadable, noun: 'release' };
      const call = { operation: 'createDownloadable', key: idempotencyKey, input: rest, made };
      const { id } = await this.idempotency.once(tx, context, call, async () => {
        const product = await this.productRules(tx, context, productId);
        const content = checkContent(draftOf(input), product);
        const row = await this.insert(tx, context, { ...content, productId, publishWhenReady: input.publish ?? false });
        await this.#announce(tx, row, { files: input.files ?? [], maxFileSizeBytes });
        return row;
      });
      return reread(tx, { id });
    });
  }

  async #productIdOf(tx: Transaction, { productId, productSlug }: CreateDownloadableInput): Promise<string> {
    if ((productId == null) === (productSlug == null))
      refuse('ONE_OF', 'Give productId or productSlug, and only one of them.', 'productId');
    if (productId != null) return productId;
    const product = await tx.manager.findOneBy(Product, { slug: productSlug ?? '' });
    if (!product) throw notFound('product');
    return product.id;
  }

  async #announce(tx: Transaction, id: string, { files, maxFileSizeBytes }: Omit<Announcement, 'revisionId'>): Promise<void> {
    if (files.length === 0) return;
    if (files.length > LIMITS.announcedFiles.most)
      refuse('TOO_MANY', `Announce at most ${amountOf(LIMITS.announcedFiles)} at a time: createUpload adds the others.`, 'files');
    const { draftRevisionId } = await reread(tx, { id });
    await this.announce(tx, { revisionId: draftRevisionId ?? '', files, maxFileSizeBytes });
    await project(tx, id);
  }

  /** Inserts a draft with its first revision. @returns its id */
  async insert(
    tx: Transaction,
    context: RequestContext,
    content: CheckedContent & { productId: string; publishWhenReady: boolean },
  ): Promise<string> {
    const now = this.clock.now();
    const id = newId();
    const revisionId = newId();
    const { productId, publishWhenReady } = content;
    const row = {
      ...NEW,
      id,
      productId,
      ...content.downloadable,
      draftRevisionId: revisionId,
      publishWhenReady,
      createdAt: now,
      updatedAt: now,
    };
    await takeVersion(tx, row, () => tx.manager.insert(Downloadable, row));
    await tx.manager.insert(Revision, {
      id: revisionId,
      downloadableId: id,
      number: 1,
      ...content.revision,
      frozenAt: null,
      createdAt: now,
      ...NO_PAST,
    });
    await project(tx, id);
    await this.audit.record(tx, context, {
      action: 'downloadable.create',
      subjectType: 'downloadable',
      subjectId: id,
      after: { productId: content.productId, ...content.downloadable, ...content.revision },
    });
    return id;
  }

  async update(context: RequestContext, input: UpdateDownloadableInput): Promise<Downloadable> {
    const { timeZone, maxFileSizeBytes } = await this.settings.read();
    return this.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id: input.id, scope: 'release:write' });
      const draft = await lockDraft(tx, row);
      requireLockVersion(row, input.lockVersion);
      if (input.publish) requirePublishing(context, row.productId);
      const product = await this.productRules(tx, context, row.productId);
      const content = checkContent(mergeContent(row, draft, input), product);
      if (content.downloadable.version !== row.version && wasEverPublished(row)) {
        refuse(
          'VERSION_FIXED',
          `Version ${row.version} has been published, so its number stays: copy it to a new release for ${content.downloadable.version}.`,
          'version',
        );
      }
      const publishDate = content.revision.releaseDate === draft.releaseDate ? draft.publishDate : null;
      await tx.manager.update(Revision, { id: draft.id }, { ...content.revision, publishDate });
      const publishWhenReady = input.publish ?? row.publishWhenReady;
      const change = { ...content.downloadable, ...touched(row, this.clock.now()), publishWhenReady, scheduleFailure: null };
      const taken = { productId: row.productId, ...content.downloadable };
      await takeVersion(tx, taken, () => tx.manager.update(Downloadable, { id: row.id }, change));
      await this.#announce(tx, row.id, { files: input.files ?? [], maxFileSizeBytes });
      await project(tx, row.id);
      const before = {
        version: row.version,
        ...contentOfRevision(draft),
      };
      const after = { version: content.downloadable.version, ...content.revision };
      await this.audit.record(tx, context, {
        action: 'downloadable.update',
        subjectType: 'downloadable',
        subjectId: row.id,
        before,
        after,
      });
      // Its last file may have become READY before the wait for it was saved.
      await this.publishing.publishIfWaiting(tx, await tx.manager.findOneByOrFail(Downloadable, { id: row.id }), timeZone);
      return tx.manager.findOneByOrFail(Downloadable, { id: row.id });
    });
  }

  /** The product's rules, its row locked. @throws Refusal PRODUCT_ARCHIVED */
  async productRules(tx: Transaction, context: RequestContext, productId: string): Promise<ProductRules> {
    // Locked: its channels and scheme stay what the release is checked against.
    const product = await tx.lock(Product, { id: productId });
    if (!product || !mayUse(context.actor, 'release:write', productId)) throw notFound('product');
    if (product.archivedAt)
      refuse('PRODUCT_ARCHIVED', `${product.name} is archived and takes no new releases: choose another product.`, 'productId');
    return { versionScheme: product.versionScheme, channels: await this.products.channelsOf(tx, productId) };
  }
}

/** What a new row says of its life, and the flat copy before `project` writes it. */
const NEW = {
  status: 'DRAFT',
  lockVersion: 1,
  liveRevisionId: null,
  publishAt: null,
  scheduleFailure: null,
  firstReleaseDate: null,
  publishedAt: null,
  everPublishedAt: null,
  withdrawnAt: null,
  withdrawReason: null,
  withdrawSeverity: null,
  replacementId: null,
  name: null,
  summary: null,
  isSecurityFix: false,
  channel: '',
  releaseDate: null,
  sortDate: '',
  changelogExcerpt: '',
  assetCount: 0,
  platforms: [],
  countedStatus: null,
} satisfies Partial<Downloadable>;

function requirePublishing(context: RequestContext, productId: string): void {
  if (!mayUse(context.actor, 'release:publish', productId)) throw forbidden('release:publish');
}

function draftOf(input: CreateDownloadableInput): DraftContent {
  return {
    version: input.version.trim(),
    name: input.name?.trim() || null,
    summary: input.summary?.trim() || null,
    isSecurityFix: input.isSecurityFix ?? false,
    channel: input.channel?.trim() || null,
    changelog: input.changelog ?? '',
    releaseDate: input.releaseDate ?? null,
  };
}

function mergeContent(row: Downloadable, draft: Revision, input: UpdateDownloadableInput) {
  const isVersionNew = input.version != null && input.version.trim() !== row.version;
  return {
    version: input.version?.trim() ?? row.version,
    name: input.name === undefined ? draft.name : input.name?.trim() || null,
    summary: input.summary === undefined ? draft.summary : input.summary?.trim() || null,
    isSecurityFix: input.isSecurityFix ?? draft.isSecurityFix,
    // A new version may belong to another channel: unless one is chosen it is inferred again.
    channel: input.channel === undefined && !isVersionNew ? draft.channel : input.channel?.trim() || null,
    changelog: input.changelog ?? draft.changelog,
    releaseDate: input.releaseDate === undefined ? draft.releaseDate : input.releaseDate,
  };
}

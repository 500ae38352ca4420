import { checkFileName, checkFileSize, checkHttpsUrl, checkSha256 } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { FieldProblems } from '../../../kernel/problem/refusal.js';
import { notFound } from '../../../kernel/problem/faults.js';
import { Asset } from '../../assets/asset.entity.js';
import { listAssetsById, type StoredAsset } from '../../assets/stored-asset.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import { lockDownloadable, lockDraft } from '../../downloadables/downloadable-lock.js';
import { project } from '../../downloadables/projection/projection.js';
import type { PublishingService } from '../../downloadables/publishing/publishing.service.js';
import type { IdempotencyKeys } from '../../../machinery/idempotency/idempotency.service.js';
import type { SettingsService } from '../../settings/settings.service.js';
import { insertAsset } from '../draft/draft-files.js';
import type { AddExternalAssetInput } from './external-asset.schema.js';

export interface ExternalAssetDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly idempotency: IdempotencyKeys;
  readonly settings: SettingsService;
  readonly publishing: PublishingService;
}

/** Files on the vendor's own server. Slipway never fetches them (PROMISES.md, row 18): it takes the vendor's word for size and digest. */
export class ExternalAssetService {
  constructor(private readonly use: ExternalAssetDependencies) {}

  /** Adds an external file to a draft; it is READY at once. */
  async add(context: RequestContext, input: AddExternalAssetInput): Promise<StoredAsset> {
    checkExternalFile(input);
    const { idempotencyKey: key, ...rest } = input;
    const { timeZone } = await this.use.settings.read();
    return this.use.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id: input.downloadableId, scope: 'release:write' });
      const call = { operation: 'addExternalAsset', key, input: rest, made: { entity: Asset, noun: 'file' } };
      const { id } = await this.use.idempotency.once(tx, context, call, async () => {
        const draft = await lockDraft(tx, row);
        const content = { externalUrl: input.url, externalSize: input.size, externalSha256: input.sha256?.toLowerCase() ?? null };
        const assetId = await insertAsset(tx, draft.id, { ...input, ...content, now: this.use.clock.now() });
        await project(tx, row.id);
        await this.use.publishing.publishIfWaiting(tx, row, timeZone);
        const after = { fileName: input.fileName, url: input.url, size: input.size, sha256: content.externalSha256 };
        await this.use.audit.record(tx, context, { action: 'asset.createExternal', subjectType: 'downloadable', subjectId: row.id, after });
        return assetId;
      });
      const [asset] = await listAssetsById(tx, [id]);
      if (!asset) throw notFound('asset');
      return asset;
    });
  }
}

function checkExternalFile(input: AddExternalAssetInput): void {
  const problems = new FieldProblems();
  problems.add('fileName', checkFileName(input.fileName));
  problems.add('url', checkHttpsUrl(input.url));
  // The limit is for bytes that lie here.
  problems.add('size', checkFileSize(input.size, Number.MAX_SAFE_INTEGER));
  if (input.sha256 != null) problems.add('sha256', checkSha256(input.sha256));
  problems.throwIfAny();
}

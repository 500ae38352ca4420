import type { AssetFieldsFragment } from '../../../graphql/documents.generated';
import type { Owner } from './upload-item';
import { useUploadQueue } from './upload-queue';

/** An upload that asked for no part for this long is nobody's at present, unless this browser knows better. */
const IDLE_MS = 120_000;

/** Offers to continue the uploads of a draft that were left, by this browser or on another computer. */
export function offerUnfinished(owner: Owner, assets: readonly AssetFieldsFragment[]): void {
  const { adopt, memory } = useUploadQueue();
  for (const { id, fileName, size, state, upload } of assets) {
    if (upload?.state !== 'UPLOADING') continue;
    const isIdle = Date.now() - Date.parse(upload.movedAt) > IDLE_MS;
    if (!isIdle && !memory.isKnown(upload.id)) continue;
    const isReplacement = state === 'READY';
    void adopt({
      uploadId: upload.id,
      assetId: id,
      downloadableId: owner.id,
      owner: owner.label,
      fileName,
      sizeBytes: size,
      isReplacement,
    });
  }
}

import type { StoredAsset } from '../../assets/stored-asset.js';

/** A file as the routes show it. */
export const shownFile = (asset: StoredAsset) => ({
  id: asset.id,
  fileName: asset.fileName,
  type: asset.type,
  platform: asset.platform,
  architecture: asset.architecture,
  size: asset.size,
  sha256: asset.sha256,
  sha512: asset.sha512,
  state: asset.state,
  downloadUrl: `/d/${asset.id}/${encodeURIComponent(asset.fileName)}`,
});

import type { NewRow } from '../../../database/gathered-inserts.js';
import { toSqlInstant } from '../../../database/instants.js';
import type { DownloadEvent } from '../download.entities.js';

/** The columns of `eventRow`. */
export const EVENT_COLUMNS = [
  'id',
  'at',
  'product_id',
  'downloadable_id',
  'asset_id',
  'license_id',
  'user_id',
  'token_id',
  'machine_key_id',
  'is_counted',
  'source',
  'platform',
  'customer_id',
  'share_link_id',
  'version',
  'file_name',
  'client',
  'address',
  'request_id',
] as const;

/** A download as its row, for SQL of our own; a test compares it with what the entity reads. */
export const eventRow = (event: DownloadEvent): NewRow & Readonly<Record<(typeof EVENT_COLUMNS)[number], string | boolean | null>> => ({
  id: event.id,
  at: toSqlInstant(event.at),
  product_id: event.productId,
  downloadable_id: event.downloadableId,
  asset_id: event.assetId,
  license_id: event.licenseId,
  user_id: event.userId,
  token_id: event.tokenId,
  machine_key_id: event.machineKeyId,
  is_counted: event.isCounted,
  source: event.source,
  platform: event.platform,
  customer_id: event.customerId,
  share_link_id: event.shareLinkId,
  version: event.version,
  file_name: event.fileName,
  client: event.client,
  address: event.address,
  request_id: event.requestId,
});

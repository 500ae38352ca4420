import type { CsvCell } from '../../../kernel/text/csv.js';
import type { Customer } from '../../customers/customer.entity.js';
import type { Product } from '../../products/product.entity.js';
import type { License } from '../license.entity.js';
import { TAGS, WORDS, type LicenseColumn } from './license-columns.js';

/** A license with what a file says of it besides. */
export interface LicenseRow {
  readonly license: License;
  readonly customer: Pick<Customer, 'email' | 'name' | 'company'>;
  readonly product: Pick<Product, 'slug'>;
  readonly key: string;
}

const instant = (value: Date | null): string => value?.toISOString() ?? '';

/** How each column is written. */
export const CELLS: Readonly<Record<LicenseColumn, (row: LicenseRow) => CsvCell>> = {
  email: ({ customer }) => customer.email,
  name: ({ customer }) => customer.name,
  company: ({ customer }) => customer.company ?? '',
  product: ({ product }) => product.slug,
  key: ({ key }) => key,
  keyEnding: ({ license }) => license.keyHint,
  status: ({ license }) => license.status,
  starts: ({ license }) => instant(license.startsAt),
  expires: ({ license }) => instant(license.expiresAt),
  expiryPolicy: ({ license }) => license.expiryPolicy,
  updatesUntil: ({ license }) => license.updatesUntil ?? '',
  channels: ({ license }) => license.channels.join(WORDS),
  versionRange: ({ license }) => license.versionRange ?? '',
  platforms: ({ license }) => license.platforms.join(WORDS),
  maxDownloads: ({ license }) => license.maxDownloads ?? '',
  downloadsUsed: ({ license }) => license.downloadsUsed,
  lastDownload: ({ license }) => instant(license.lastDownloadAt),
  externalReference: ({ license }) => license.externalReference ?? '',
  tags: ({ license }) => license.tags.join(TAGS),
  notes: ({ license }) => license.notes ?? '',
  created: ({ license }) => instant(license.createdAt),
  id: ({ license }) => license.id,
};

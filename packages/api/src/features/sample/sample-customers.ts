import type { LicenseChange } from '@slipway/shared';
import type { CreateLicenseInput } from '../licenses/license.schema.js';

/** A customer of the sample vendor, in one state that a license can be in. */
export interface SampleCustomer {
  readonly name: string;
  readonly mailbox: string;
  /** Keys for their servers. */
  readonly machineKeys?: readonly {
    readonly name: string;
    readonly expiresInDays?: number;
    /** For this license alone, not for all that they have. */
    readonly isForLicense?: true;
  }[];
  /** None: a customer who bought nothing. */
  readonly license?: {
    readonly product: string;
    /** Days from now; negative: past. */
    readonly startsInDays?: number;
    readonly expiresInDays?: number;
    readonly updatesForDays?: number;
    readonly terms?: Pick<CreateLicenseInput, 'expiryPolicy' | 'channels' | 'versionRange' | 'platforms' | 'maxDownloads'>;
    readonly change?: LicenseChange;
    /** In words for the customer. */
    readonly changeReason?: string;
  };
}

const STUDIO = 'aurora-studio';

/** One customer for every way in which a license can say yes or no. */
export const SAMPLE_CUSTOMERS: readonly SampleCustomer[] = [
  {
    name: 'Active customer',
    mailbox: 'active',
    machineKeys: [
      { name: 'Old updater', expiresInDays: 14 },
      { name: 'Build server', expiresInDays: 200 },
      { name: 'Render farm', isForLicense: true },
    ],
    license: { product: STUDIO, expiresInDays: 300 },
  },
  { name: 'Beta customer', mailbox: 'beta', license: { product: STUDIO, terms: { channels: ['beta'] } } },
  { name: 'Customer whose license expired', mailbox: 'expired', license: { product: STUDIO, startsInDays: -400, expiresInDays: -30 } },
  {
    name: 'Customer with perpetual fallback',
    mailbox: 'fallback',
    license: { product: STUDIO, startsInDays: -500, expiresInDays: -120, terms: { expiryPolicy: 'FALLBACK' } },
  },
  { name: 'Customer whose updates ended', mailbox: 'updates-ended', license: { product: STUDIO, updatesForDays: -90 } },
  { name: 'Suspended customer', mailbox: 'suspended', license: { product: STUDIO, change: 'suspend', changeReason: 'payment failed' } },
  { name: 'Revoked customer', mailbox: 'revoked', license: { product: STUDIO, change: 'revoke' } },
  { name: 'Customer who starts next month', mailbox: 'future', license: { product: STUDIO, startsInDays: 30 } },
  { name: 'Customer of version 1', mailbox: 'version-1', license: { product: STUDIO, terms: { versionRange: '>=1.0 <2.0' } } },
  { name: 'Windows-only customer', mailbox: 'windows', license: { product: 'comet-driver', terms: { platforms: ['WINDOWS'] } } },
  { name: 'Customer with one download', mailbox: 'limited', license: { product: STUDIO, terms: { maxDownloads: 1 } } },
  { name: 'Customer without a license', mailbox: 'unlicensed' },
];

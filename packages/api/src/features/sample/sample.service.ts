import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { calendarDate, emailKey, ROLE_SCOPES, type Role } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { RequestContext } from '../../kernel/context.js';
import type { AccountService } from '../accounts/account.service.js';
import type { CustomerService } from '../customers/customer.service.js';
import type { LicenseService } from '../licenses/license.service.js';
import type { MachineKeyService } from '../machine-keys/machine-key.service.js';
import type { ProductService } from '../products/product.service.js';
import type { SettingsService } from '../settings/settings.service.js';
import type { StreamUploadService } from '../files/stream/stream-upload.service.js';
import { createSampleDownloads } from './sample-downloads.js';
import { createSampleRefusals } from './sample-refusals.js';
import { liveOn, type LifeDependencies } from './sample-lives.js';
import { SAMPLE_CUSTOMERS, type SampleCustomer } from './sample-customers.js';
import { SAMPLE_PRODUCTS, type SampleProduct, type SampleRelease } from './sample-releases.js';

export interface SampleDependencies extends LifeDependencies {
  readonly database: Database;
  readonly accounts: AccountService;
  readonly settings: SettingsService;
  readonly products: ProductService;
  readonly customers: CustomerService;
  readonly licenses: LicenseService;
  readonly machineKeys: MachineKeyService;
  readonly streamUploads: StreamUploadService;
  /** Where the sign-ins are kept, readable for its owner only. */
  readonly signInsFile: string;
  /** Who administers the vendor; null: a sample admin is made. */
  readonly firstAdmin: { readonly id: string; readonly email: string } | null;
}

const DAY_MS = 86_400_000;
/** Who the vendor is, and where its customers find help: addresses that lead nowhere (RFC 2606). */
const SAMPLE_SETTINGS = [
  ['vendorName', 'Aurora Software'],
  ['supportEmail', 'support@aurora.example'],
  ['renewalUrl', 'https://aurora.example/renew?license={license}'],
  ['websiteUrl', 'https://aurora.example'],
] as const;
const STAFF: readonly Role[] = ['ADMIN', 'PUBLISHER', 'SUPPORT'];

interface SignIn {
  readonly email: string;
  readonly password: string;
  readonly note: string;
}

/** Fills an empty installation with a sample vendor. @returns the sign-ins as text */
export async function createSample(use: SampleDependencies): Promise<string> {
  const signIns: SignIn[] = [];
  const wanted = STAFF.filter((role) => use.firstAdmin === null || (role !== 'ADMIN' && emailOf(role) !== emailKey(use.firstAdmin.email)));
  const staff = await Promise.all(wanted.map((role) => createStaff(use, role)));
  signIns.push(...staff.map((person) => person.signIn));
  const admin = use.firstAdmin ?? staff[0];
  if (!admin) throw new Error('The sample needs an admin.');
  await use.database.transaction(async (tx) => {
    for (const [name, value] of SAMPLE_SETTINGS) await use.settings.write(tx, name, value);
  });
  const context = contextOf(admin.id);
  const productIds = new Map<string, string>();
  await Promise.all(SAMPLE_PRODUCTS.map(async (product) => productIds.set(product.slug, await createProduct(use, context, product))));
  signIns.push(...(await Promise.all(SAMPLE_CUSTOMERS.map((customer) => createCustomer(use, context, { customer, productIds })))));
  await createSampleDownloads(use);
  await createSampleRefusals(use);
  const text = describe(signIns);
  writeFileSync(use.signInsFile, `${text}\n`, { mode: 0o600 });
  return text;
}

/** Everything in the sample is done by its admin, through the services that everybody uses. */
function contextOf(userId: string): RequestContext {
  const actor = {
    kind: 'USER',
    userId,
    sessionId: '',
    role: 'ADMIN',
    scopes: new Set(ROLE_SCOPES.ADMIN),
    productIds: null,
    customerId: null,
    memberRole: null,
    licensedProductIds: [],
  } as const;
  return new RequestContext(
    'sample',
    actor,
    {
      address: '',
      countedAddress: '',
      userAgent: 'sample',
      device: null,
      visitor: null,
      visitorCookie: null,
      carriedCredential: 'NOT_CARRIED',
    },
    { setSession: () => undefined, setDevice: () => undefined, setVisitor: () => undefined },
  );
}

const newPassword = (): string => randomBytes(12).toString('base64url');

const emailOf = (role: Role): string => `${role.toLowerCase()}@slipway.example`;

async function createStaff(use: SampleDependencies, role: Role): Promise<{ id: string; signIn: SignIn }> {
  const email = emailOf(role);
  const password = newPassword();
  const { id } = await use.accounts.createUser({ email, password, role, name: `Sample ${role.toLowerCase()}` });
  return { id, signIn: { email, password, note: role.toLowerCase() } };
}

async function createProduct(use: SampleDependencies, context: RequestContext, sample: SampleProduct): Promise<string> {
  const { files: _files, releases, platformNotes, ...input } = sample;
  const product = await use.products.create(context, { ...input, platformNotes: [...(platformNotes ?? [])] });
  for (const release of releases) await createRelease(use, context, { productId: product.id, sample, release });
  return product.id;
}

async function createRelease(
  use: SampleDependencies,
  context: RequestContext,
  made: { productId: string; sample: SampleProduct; release: SampleRelease },
): Promise<void> {
  const { productId, sample, release } = made;
  const releaseDate =
    release.end === 'DRAFT' || release.end === 'SCHEDULED'
      ? null
      : calendarDate(new Date(use.clock.now().getTime() - release.daysAgo * DAY_MS), 'UTC');
  const { id } = await use.downloadables.create(context, {
    productId,
    version: release.version,
    changelog: release.changelog,
    summary: release.summary ?? null,
    isSecurityFix: release.isSecurityFix ?? false,
    releaseDate,
  });
  await Promise.all(
    sample.files.map((file) => {
      const fileName = file.name.replace('{v}', release.version);
      const body = Readable.from([contentOf(`${sample.name} ${release.version}`, fileName)]);
      return use.streamUploads.put(context, {
        downloadableId: id,
        fileName,
        ...(file.type ? { type: file.type } : {}),
        body,
        sizeBytes: null,
        idempotencyKey: null,
        sha256: null,
      });
    }),
  );
  await liveOn(use, context, { id, end: release.end ?? 'PUBLISHED' });
}

/** A small real file: a note that says what it stands for, and some bytes so that it has a size. */
function contentOf(title: string, fileName: string): Buffer {
  const note = Buffer.from(`${title}\n\nThis file stands for ${fileName} in Slipway's sample data.\n`);
  return fileName.endsWith('.gz') ? gzipSync(note) : Buffer.concat([note, randomBytes(8_192 + fileName.length * 512)]);
}

async function createCustomer(
  use: SampleDependencies,
  context: RequestContext,
  made: { customer: SampleCustomer; productIds: ReadonlyMap<string, string> },
): Promise<SignIn> {
  const { name, mailbox, license } = made.customer;
  const email = `${mailbox}@customer.example`;
  const customer = await use.customers.create(context, { name, email });
  const password = newPassword();
  await use.accounts.createUser({ email, password, name, role: 'CUSTOMER', customerId: customer.id });
  if (!license) return { email, password, note: name };
  const inDays = (days: number | undefined): Date | null =>
    days === undefined ? null : new Date(use.clock.now().getTime() + days * DAY_MS);
  const updatesUntil = inDays(license.updatesForDays);
  const created = await use.licenses.create(context, {
    customerId: customer.id,
    productId: made.productIds.get(license.product) ?? '',
    startsAt: inDays(license.startsInDays),
    expiresAt: inDays(license.expiresInDays),
    updatesUntil: updatesUntil && calendarDate(updatesUntil, 'UTC'),
    ...license.terms,
  });
  await createMachineKeys(use, context, { ...made.customer, customerId: customer.id, licenseId: created.license.id });
  if (license.change)
    await use.licenses.change(context, { id: created.license.id, customerReason: license.changeReason ?? null }, license.change);
  return { email, password, note: `${name}, license key ${created.key ?? ''}` };
}

async function createMachineKeys(
  use: SampleDependencies,
  context: RequestContext,
  { machineKeys = [], customerId, licenseId }: Pick<SampleCustomer, 'machineKeys'> & { customerId: string; licenseId: string },
): Promise<void> {
  for (const { name, expiresInDays, isForLicense } of machineKeys) {
    const expiresAt = expiresInDays === undefined ? null : new Date(use.clock.now().getTime() + expiresInDays * DAY_MS);
    await use.machineKeys.create(context, { customerId, name, licenseId: isForLicense ? licenseId : null, expiresAt });
  }
}

function describe(signIns: readonly SignIn[]): string {
  const width = Math.max(...signIns.map((signIn) => signIn.email.length));
  return ['', '  Sign in with:', ...signIns.map(({ email, password, note }) => `    ${email.padEnd(width)}  ${password}   ${note}`)].join(
    '\n',
  );
}

import { checkStorageField, STORAGE_FIELD_NAMES, type StorageFieldName } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import type { RequestContext } from '../../kernel/context.js';
import type { Clock } from '../../kernel/clock.js';
import { OutgoingFilter } from '../../kernel/outgoing/outgoing-filter.js';
import { mayUse } from '../../kernel/policy.js';
import { forbidden } from '../../kernel/problem/faults.js';
import { FieldProblems, refuse } from '../../kernel/problem/refusal.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import type { S3StoreSettings } from '../../storage/s3/s3-connection.js';
import type { ObjectStore } from '../../storage/object-store.js';
import type { FileStores } from '../../storage/stores/file-stores.js';
import { StorageFault } from '../../storage/storage-fault.js';
import { tryStore, type StoreTrialResult } from '../../storage/trial/store-trial.js';
import type { StorageTexts } from './storage-settings.schema.js';

export interface StoreTrialsUse {
  readonly database: Database;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly stores: FileStores;
  /** What settings may name of the private network. */
  readonly allowedPrivateHosts: readonly string[];
  /** Whose pages send files to the store. */
  readonly publicUrl: string;
}

/** Where S3 is when nobody says. */
const DEFAULT_REGION = 'us-east-1';

/** How a store is reached; what is left out is as in the store in use. */
export type StorageInput = StorageTexts & { readonly forcePathStyle?: boolean | null };

/** What somebody typed, ready to be asked. */
export interface TypedStore {
  readonly settings: S3StoreSettings;
  readonly filter: OutgoingFilter;
}

/** Tries out stores without touching the one in use. */
export class StoreTrials {
  constructor(private readonly use: StoreTrialsUse) {}

  /** Tries out a store from end to end. @throws Refusal at each field that cannot be */
  async test(context: RequestContext, input: StorageInput): Promise<StoreTrialResult> {
    requireAdmin(context);
    return this.try(await this.read(input));
  }

  try({ settings, filter }: TypedStore): Promise<StoreTrialResult> {
    return tryStore(settings, { filter, clock: this.use.clock }, this.use.publicUrl);
  }

  /** @throws Refusal at each field that cannot be */
  async read(input: StorageInput): Promise<TypedStore> {
    const inUse = await this.use.stores.currentSettings();
    const settings = settingsOf(input, inUse);
    return { settings, filter: this.#filterFor(settings, inUse) };
  }

  /** Asks a store that somebody typed, and closes it again. */
  async ask<T>({ settings, filter }: TypedStore, work: (store: ObjectStore) => Promise<T>): Promise<T> {
    // The SDK is loaded by whoever needs it.
    const { S3Store } = await import('../../storage/s3/s3-store.js');
    const store = new S3Store(settings, { filter, clock: this.use.clock });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  /** Adds the rule that lets the console's pages upload, beside those that the bucket has. @throws Refusal when the store does not let it */
  async allowUploads(context: RequestContext, input: StorageInput): Promise<StoreTrialResult> {
    requireAdmin(context);
    const typed = await this.read(input);
    try {
      const permission = await this.ask(typed, (store) => store.allowUploadsFrom(this.use.publicUrl));
      if (permission === 'UNREADABLE' || permission === 'UNWRITABLE')
        refuse('STORAGE_REFUSED', 'This key may not change the CORS rules of the bucket: set the rule at the provider, then test again.');
      if (permission === 'ADDED') await this.#remember(context, typed.settings.bucket);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      refuse('STORAGE_REFUSED', 'The store did not take the rule: test again to see what is wrong.');
    }
    return this.try(typed);
  }

  async #remember(context: RequestContext, bucket: string): Promise<void> {
    const after = { origin: this.use.publicUrl, method: 'PUT', bucket };
    await this.use.database.transaction((tx) =>
      this.use.audit.record(tx, context, { action: 'store.allowUploads', subjectType: 'store', subjectId: 'store', after }),
    );
  }

  /** What the environment gives is allowed by being there: both addresses, since requests go to both. */
  #filterFor({ endpoint, publicEndpoint }: S3StoreSettings, inUse: S3StoreSettings | null): OutgoingFilter {
    const isGiven =
      this.use.stores.isFixed &&
      inUse !== null &&
      endpoint === inUse.endpoint &&
      [null, endpoint, inUse.publicEndpoint].includes(publicEndpoint);
    return new OutgoingFilter(isGiven ? 'ANY' : this.use.allowedPrivateHosts);
  }
}

/** @param inUse what fields have that are left out @throws Refusal at each field that cannot be */
function settingsOf(input: StorageInput, inUse: S3StoreSettings | null): S3StoreSettings {
  const known = (name: StorageFieldName): string => inUse?.[name] ?? '';
  const valueOf = (name: StorageFieldName): string => (input[name] ?? (known(name) || (name === 'region' ? DEFAULT_REGION : ''))).trim();
  requireGood(valueOf);
  const orNull = (name: StorageFieldName): string | null => valueOf(name) || null;
  return {
    endpoint: orNull('endpoint'),
    publicEndpoint: orNull('publicEndpoint'),
    region: valueOf('region'),
    bucket: valueOf('bucket'),
    accessKeyId: orNull('accessKeyId'),
    secretAccessKey: orNull('secretAccessKey'),
    forcePathStyle: input.forcePathStyle ?? inUse?.forcePathStyle ?? true,
  };
}

/** The store belongs to no product: a token for one has no say in it. */
export function requireAdmin({ actor }: RequestContext): void {
  if (!mayUse(actor, 'settings:write', null)) throw forbidden('settings:write');
}

/** @throws Refusal with every field that cannot be */
function requireGood(valueOf: (name: StorageFieldName) => string): void {
  const problems = new FieldProblems();
  for (const name of STORAGE_FIELD_NAMES) problems.add(name, checkStorageField(name, valueOf(name)));
  const [id, secret] = [valueOf('accessKeyId'), valueOf('secretAccessKey')];
  if ((id === '') !== (secret === ''))
    problems.add(id === '' ? 'accessKeyId' : 'secretAccessKey', {
      code: 'NAME_REQUIRED',
      message: `${id === '' ? 'Access key ID' : 'Secret access key'} is missing: enter it, or leave both empty to use the machine's own role.`,
    });
  problems.throwIfAny();
}

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
import { StorageFault } from '../../storage/storage-fault.js';
import { tryStore, type StoreTrialResult } from '../../storage/trial/store-trial.js';
import type { StorageSettingsView, StorageTestInput } from './storage-settings.schema.js';

export interface StoreTrialsUse {
  readonly database: Database;
  readonly audit: Audit;
  readonly clock: Clock;
  /** The store that the environment gives; null: the embedded one. */
  readonly s3: S3StoreSettings | null;
  /** What settings may name of the private network. */
  readonly allowedPrivateHosts: readonly string[];
  /** Whose pages send files to the store. */
  readonly publicUrl: string;
}

/** Where S3 is when nobody says. */
const DEFAULT_REGION = 'us-east-1';

/** Shows which store is used, and tries out others without touching it. */
export class StoreTrials {
  constructor(private readonly use: StoreTrialsUse) {}

  /** @throws PublicFault FORBIDDEN */
  show(context: RequestContext): StorageSettingsView {
    requireAdmin(context);
    const { s3 } = this.use;
    return {
      isEmbedded: s3 === null,
      isFixed: s3 !== null,
      hasSecret: s3?.secretAccessKey != null,
      forcePathStyle: s3?.forcePathStyle ?? true,
      endpoint: s3?.endpoint ?? null,
      publicEndpoint: s3?.publicEndpoint ?? null,
      region: s3?.region ?? null,
      bucket: s3?.bucket ?? null,
      accessKeyId: s3?.accessKeyId ?? null,
    };
  }

  /** Tries out a store from end to end. @throws Refusal at each field that cannot be */
  async test(context: RequestContext, input: StorageTestInput): Promise<StoreTrialResult> {
    requireAdmin(context);
    const settings = this.#settingsOf(input);
    return tryStore(settings, { filter: this.#filterFor(settings), clock: this.use.clock }, this.use.publicUrl);
  }

  /** Adds the rule that lets the console's pages upload, beside those that the bucket has. @throws Refusal when the store does not let it */
  async allowUploads(context: RequestContext, input: StorageTestInput): Promise<StoreTrialResult> {
    requireAdmin(context);
    const settings = this.#settingsOf(input);
    // The SDK is loaded by whoever needs it.
    const { S3Store } = await import('../../storage/s3/s3-store.js');
    const store = new S3Store(settings, { filter: this.#filterFor(settings), clock: this.use.clock });
    try {
      const permission = await store.allowUploadsFrom(this.use.publicUrl);
      if (permission === 'UNREADABLE' || permission === 'UNWRITABLE')
        refuse('STORAGE_REFUSED', 'This key may not change the CORS rules of the bucket: set the rule at the provider, then test again.');
      if (permission === 'ADDED') await this.#remember(context, settings.bucket);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      refuse('STORAGE_REFUSED', 'The store did not take the rule: test again to see what is wrong.');
    } finally {
      await store.close();
    }
    return this.test(context, input);
  }

  async #remember(context: RequestContext, bucket: string): Promise<void> {
    const after = { origin: this.use.publicUrl, method: 'PUT', bucket };
    await this.use.database.transaction((tx) =>
      this.use.audit.record(tx, context, { action: 'store.allowUploads', subjectType: 'store', subjectId: 'store', after }),
    );
  }

  /** What the environment gives is allowed by being there: both addresses, since requests go to both. */
  #filterFor({ endpoint, publicEndpoint }: S3StoreSettings): OutgoingFilter {
    const { s3 } = this.use;
    const isGiven = s3 !== null && endpoint === s3.endpoint && [null, endpoint, s3.publicEndpoint].includes(publicEndpoint);
    return new OutgoingFilter(isGiven ? 'ANY' : this.use.allowedPrivateHosts);
  }

  #settingsOf(input: StorageTestInput): S3StoreSettings {
    const { s3 } = this.use;
    const inUse = (name: StorageFieldName): string => s3?.[name] ?? '';
    const valueOf = (name: StorageFieldName): string => (input[name] ?? (inUse(name) || (name === 'region' ? DEFAULT_REGION : ''))).trim();
    requireGood(valueOf);
    const orNull = (name: StorageFieldName): string | null => valueOf(name) || null;
    return {
      endpoint: orNull('endpoint'),
      publicEndpoint: orNull('publicEndpoint'),
      region: valueOf('region'),
      bucket: valueOf('bucket'),
      accessKeyId: orNull('accessKeyId'),
      secretAccessKey: orNull('secretAccessKey'),
      forcePathStyle: input.forcePathStyle ?? s3?.forcePathStyle ?? true,
    };
  }
}

/** The store belongs to no product: a token for one has no say in it. */
function requireAdmin({ actor }: RequestContext): void {
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

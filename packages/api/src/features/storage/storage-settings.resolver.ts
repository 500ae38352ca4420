import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import {
  StorageSettingsType,
  StorageTestType,
  TestStorageInput,
  type StorageSettingsView,
  type StorageTestInput,
} from './storage-settings.schema.js';
import type { StoreTrials } from './store-trials.js';

interface StorageTestResult {
  readonly storageTest: StorageTestType;
}
const FIELDS = { storageTest: { type: () => StorageTestType, description: 'What every check found.' } };
const TestStoragePayload = payloadType<StorageTestResult>('TestStorage', FIELDS);
const AllowStorageUploadsPayload = payloadType<StorageTestResult>('AllowStorageUploads', FIELDS);

@Resolver()
export class StorageSettingsResolver {
  constructor(private readonly trials: StoreTrials) {}

  @Access('settings:write')
  @Query(() => StorageSettingsType, { description: 'The store that files are kept in. Requires `settings:write`.' })
  storageSettings(@Ctx() context: RequestContext): StorageSettingsView {
    return this.trials.show(context);
  }

  @Access('settings:write')
  @Mutation(() => TestStoragePayload, {
    description:
      'Tries out a store from end to end without changing which one is used. It writes, reads and deletes an object of its own. Requires `settings:write`.',
  })
  async testStorage(
    @Ctx() context: RequestContext,
    @Arg('input', () => TestStorageInput) input: StorageTestInput,
  ): Promise<PayloadOf<StorageTestResult>> {
    return succeed({ storageTest: await this.trials.test(context, input) });
  }

  @Access('settings:write')
  @Mutation(() => AllowStorageUploadsPayload, {
    description:
      'Lets pages of `PUBLIC_URL` upload to a bucket by a CORS rule beside those it has, then tries the store out. Requires `settings:write`.',
  })
  async allowStorageUploads(
    @Ctx() context: RequestContext,
    @Arg('input', () => TestStorageInput) input: StorageTestInput,
  ): Promise<PayloadOf<StorageTestResult>> {
    return succeed({ storageTest: await this.trials.allowUploads(context, input) });
  }
}

import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { Weight } from '../../kernel/limits/weight.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import {
  StorageSettingsType,
  StorageTestType,
  TestStorageInput,
  UpdateStorageInput,
  type StorageChoiceInput,
  type StorageSettingsView,
  type StorageTestInput,
} from './storage-settings.schema.js';
import { FormerStore, LeaveStoreInput, StorageMove } from './store-moves.schema.js';
import { StorageUsage } from './storage-usage.schema.js';
import type { StorageSettingsService } from './storage-settings.service.js';
import type { StorageUsages } from './storage-usage.js';
import type { StoreTrials } from './store-trials.js';

interface StorageTestResult {
  readonly storageTest: StorageTestType;
}
interface StorageResult {
  readonly storageSettings: StorageSettingsView;
}
const FIELDS = { storageTest: { type: () => StorageTestType, description: 'What every check found.' } };
const SETTINGS = { storageSettings: { type: () => StorageSettingsType, description: 'The store as it is now.' } };
const TestStoragePayload = payloadType<StorageTestResult>('TestStorage', FIELDS);
const AllowStorageUploadsPayload = payloadType<StorageTestResult>('AllowStorageUploads', FIELDS);
const UpdateStoragePayload = payloadType<StorageResult>('UpdateStorage', SETTINGS);
const MoveFilesPayload = payloadType<StorageResult>('MoveFiles', SETTINGS);
const LeaveStorePayload = payloadType<StorageResult>('LeaveStore', SETTINGS);

@Resolver(() => StorageSettingsType)
export class StorageSettingsResolver {
  constructor(
    private readonly settings: StorageSettingsService,
    private readonly trials: StoreTrials,
    private readonly usages: StorageUsages,
  ) {}

  @Access('settings:write')
  @Query(() => StorageSettingsType, { description: 'The store that files are kept in. Requires `settings:write`.' })
  storageSettings(@Ctx() context: RequestContext): Promise<StorageSettingsView> {
    return this.settings.show(context);
  }

  @Weight({ work: 5 })
  @FieldResolver(() => StorageMove, {
    nullable: true,
    description: 'The files that are still in other stores. Null if all are in this one.',
  })
  move(): Promise<StorageMove | null> {
    return this.settings.findMove();
  }

  @Weight({ bytes: 150 })
  @FieldResolver(() => String, { nullable: true, description: 'What holds up moving files, or why they stayed where they were.' })
  problem(): Promise<string | null> {
    return this.settings.findProblem();
  }

  @Weight({ bytes: 120, work: 1 })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'How much room the store has, in one sentence. Null if nobody knows where it ends.',
  })
  room(): Promise<string | null> {
    return this.settings.findRoom();
  }

  @Weight({ work: 100 })
  @FieldResolver(() => StorageUsage, { description: 'How much is stored, in all stores together.' })
  usage(): Promise<StorageUsage> {
    return this.usages.read();
  }

  @Weight({ items: 3, work: 5 })
  @FieldResolver(() => [FormerStore], { description: 'The stores that files were moved from, as long as copies are left there.' })
  formerStores(): Promise<readonly FormerStore[]> {
    return this.settings.listFormer();
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

  @Access('settings:write')
  @Mutation(() => UpdateStoragePayload, {
    description:
      'Tries a store out and uses it from now on. New files go there at once; those that are elsewhere follow in the background. Requires `settings:write`.',
  })
  async updateStorage(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateStorageInput) input: StorageChoiceInput,
  ): Promise<PayloadOf<StorageResult>> {
    return succeed({ storageSettings: await this.settings.update(context, input) });
  }

  @Access('settings:write')
  @Mutation(() => MoveFilesPayload, {
    description: 'Moves files that are in other stores to the current one, now rather than at the next attempt. Requires `settings:write`.',
  })
  async moveFiles(@Ctx() context: RequestContext): Promise<PayloadOf<StorageResult>> {
    return succeed({ storageSettings: await this.settings.moveFiles(context) });
  }

  @Access('settings:write')
  @Mutation(() => LeaveStorePayload, {
    description:
      'Gives up a store that files were moved from: deletes the copies that are left there, or leaves them, and forgets its key. ' +
      'Requires `settings:write`.',
  })
  async leaveStore(
    @Ctx() context: RequestContext,
    @Arg('input', () => LeaveStoreInput) input: LeaveStoreInput,
  ): Promise<PayloadOf<StorageResult>> {
    return succeed({ storageSettings: await this.settings.leave(context, input) });
  }
}

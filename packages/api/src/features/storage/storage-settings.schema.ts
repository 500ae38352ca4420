import { PATH_STYLE, STORAGE_FIELDS, type StorageFieldName } from '@slipway/shared';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { Weight } from '../../kernel/limits/weight.js';
import {
  STORE_CHECK_KINDS,
  STORE_VERDICTS,
  type StoreCheck,
  type StoreCheckKind,
  type StoreFix,
  type StoreVerdict,
} from '../../storage/trial/store-check.js';

const valuesOf = <T extends string>(values: readonly T[]): Record<T, T> =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>; // the keys are exactly the values

const KIND_MEANINGS: Readonly<Record<StoreCheckKind, string>> = {
  REACH: 'Whether the store answers, and with which TLS.',
  SIGN_IN: 'Whether the store takes the key for this bucket.',
  WRITE: 'Whether an object can be written.',
  READ: 'Whether the same bytes come back.',
  PRIVATE: 'Whether reading, listing and writing without a signature are refused.',
  DELETE: 'Whether a deleted object is gone.',
  MULTIPART: 'Whether parts can be joined to one object.',
  CORS: 'Whether pages of `PUBLIC_URL` may upload to the bucket.',
  CLOCK: 'Whether this server and the store have the same time.',
  VERSIONS: 'Whether what is deleted is gone for good.',
};
const VERDICT_MEANINGS: Readonly<Record<StoreVerdict, string>> = {
  PASSED: 'All is well.',
  WARNING: 'The store works, and this should be known.',
  FAILED: 'The store cannot be used before this is fixed, unless the message says otherwise.',
  SKIPPED: 'The check could not be made, or an earlier one failed.',
};
const described = (meanings: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(meanings).map(([value, description]) => [value, { description }]));

export const StoreCheckKindEnum = valuesOf(STORE_CHECK_KINDS);
registerEnumType(StoreCheckKindEnum, {
  name: 'StorageCheckKind',
  description: 'What is tried with a store.',
  valuesConfig: described(KIND_MEANINGS),
});
export const StoreVerdictEnum = valuesOf(STORE_VERDICTS);
registerEnumType(StoreVerdictEnum, {
  name: 'StorageVerdict',
  description: 'The outcome of a check of a store.',
  valuesConfig: described(VERDICT_MEANINGS),
});

@ObjectType('StorageFix', { description: 'What mends a fault of the store, ready to be copied.' })
@Access('public')
export class StorageFixType implements StoreFix {
  @Weight({ bytes: 40 })
  @Field(() => String, { description: 'What it is: a policy, a rule, a command or the right spelling of a value.' })
  label!: string;

  @Weight({ bytes: 500 })
  @Field(() => String, { description: 'The text to copy.' })
  text!: string;
}

@ObjectType('StorageCheck', { description: 'One check of a store.' })
@Access('public')
export class StorageCheckType implements StoreCheck {
  @Field(() => StoreCheckKindEnum, { description: 'What was tried.' })
  kind!: StoreCheckKind;

  @Field(() => StoreVerdictEnum, { description: 'The outcome.' })
  verdict!: StoreVerdict;

  @Weight({ bytes: 120 })
  @Field(() => String, { description: 'What was found, in one sentence.' })
  message!: string;

  @Weight({ bytes: 60 })
  @Field(() => String, { nullable: true, description: 'The words of the store itself, if it gave any.' })
  detail!: string | null;

  @Weight({ bytes: 20 })
  @Field(() => String, { nullable: true, description: 'The field of the input to look at, if it is a single one.' })
  field!: StorageFieldName | 'forcePathStyle' | null;

  @Field(() => StorageFixType, { nullable: true, description: 'What mends it, if that can be copied.' })
  fix!: StorageFixType | null;

  @Field(() => Int, { description: 'The time that the check took, in milliseconds.' })
  milliseconds!: number;
}

@ObjectType('StorageTest', { description: 'The outcome of trying out a store from end to end.' })
@Access('public')
export class StorageTestType {
  @Weight({ items: STORE_CHECK_KINDS.length })
  @Field(() => [StorageCheckType], { description: 'Every check, in the order in which they were made.' })
  checks!: readonly StorageCheckType[];

  @Weight({ bytes: 600 })
  @Field(() => String, {
    nullable: true,
    description:
      'A URL to which a page of `PUBLIC_URL` can PUT one byte, to find out whether its browser may upload. ' +
      'It works for two minutes. Null if the store cannot be used.',
  })
  browserProbeUrl!: string | null;
}

@ObjectType('StorageSettings', { description: 'The store that files are kept in.' })
@Access('public')
export class StorageSettingsType {
  @Field(() => Int, { description: 'How often stores were saved. Send it back with a change, so that nobody else is overwritten.' })
  lockVersion!: number;

  @Weight({ bytes: 60 })
  @Field(() => String, { description: 'How the store is called in a sentence, for example `the bucket releases`.' })
  place!: string;

  @Field(() => Boolean, { description: 'Whether files are kept in the folder of this server rather than in a bucket.' })
  isEmbedded!: boolean;

  @Field(() => Boolean, { description: 'Whether environment variables give the store. They win over what is saved.' })
  isFixed!: boolean;

  @Field(() => Boolean, { description: 'Whether a secret access key is known. It is never returned.' })
  hasSecret!: boolean;

  @Field(() => Boolean, {
    description: `${PATH_STYLE.label}: whether the bucket stands in the path of an address rather than before its host.`,
  })
  forcePathStyle!: boolean;
}

@InputType('TestStorageInput', {
  description: 'The store to try out. Omitted fields have the values in use; an empty string means that there is none.',
})
export class TestStorageInput {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the bucket stands in the path of an address rather than before its host.',
  })
  forcePathStyle?: boolean | null;
}

@InputType('UpdateStorageInput', {
  description:
    'The store to use from now on: a known one by its ID, or how another one is reached. Omitted fields have the values in use; an empty string means that there is none.',
})
export class UpdateStorageInput {
  @Field(() => ID, {
    nullable: true,
    description: 'A store that is shown, for example the one that files came from. Goes without the other fields.',
  })
  storeId?: string | null;

  @Field(() => Int, { nullable: true, description: 'The `lockVersion` that was read. Another one is refused with `EDIT_CONFLICT`.' })
  lockVersion?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the bucket stands in the path of an address rather than before its host.',
  })
  forcePathStyle?: boolean | null;
}

type ShownField = Exclude<StorageFieldName, 'secretAccessKey'>;
export type StorageTexts = Readonly<Partial<Record<StorageFieldName, string | null>>>;

for (const [name, { help, example, isSecret }] of Object.entries(STORAGE_FIELDS)) {
  const description = example === '' ? help : `${help} For example \`${example}\`.`;
  for (const { prototype } of [TestStorageInput, UpdateStorageInput]) Field(() => String, { nullable: true, description })(prototype, name);
  if (isSecret) continue;
  Field(() => String, { nullable: true, description })(StorageSettingsType.prototype, name);
  Weight({ bytes: 40 })(StorageSettingsType.prototype, name);
}

/** The classes with the fields that the loop above gave them. */
export type StorageSettingsView = StorageSettingsType & Readonly<Record<ShownField, string | null>>;
export type StorageTestInput = TestStorageInput & StorageTexts;
export type StorageChoiceInput = UpdateStorageInput & StorageTexts;

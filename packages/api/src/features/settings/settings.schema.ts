import { declarationOf, rangeSentence, SECRET_MARK, SETTING_NAMES, type SettingName, type Settings } from '@slipway/shared';
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { Weight } from '../../kernel/limits/weight.js';
import { ByteSize, DateTime } from '../../kernel/scalars.js';
import type { SavedSetting } from './settings.service.js';
import type { SettingChanges } from './settings-values.js';

/** Made of the declarations in `@slipway/shared`: a setting that is declared there is in the schema. */

export const SettingNameEnum = Object.fromEntries(SETTING_NAMES.map((name) => [enumName(name), name]));
registerEnumType(SettingNameEnum, {
  name: 'SettingName',
  description: 'The name of a setting.',
  valuesConfig: Object.fromEntries(SETTING_NAMES.map((name) => [enumName(name), { description: declarationOf(name).help }])),
});

/** `vendorName` is VENDOR_NAME. */
function enumName(name: SettingName): string {
  return name.replaceAll(/(?=[A-Z])/g, '_').toUpperCase();
}

function typeOf(name: SettingName) {
  const declaration = declarationOf(name);
  if (declaration.kind !== 'NUMBER') return String;
  return declaration.unit === 'bytes' ? ByteSize : Int;
}

const wordList = (choices: object): string =>
  Object.keys(choices)
    .map((word) => `\`${word}\``)
    .join(', ');

/** What it does, and what it may be. */
function describe(name: SettingName): string {
  const declaration = declarationOf(name);
  if (declaration.kind === 'NUMBER') {
    return `${declaration.help} ${rangeSentence(declaration)}`;
  }
  if (declaration.kind === 'IMAGE') return `${declaration.help} The SHA-256 of its bytes; empty if there is none, which is the default.`;
  if (declaration.kind === 'SECRET')
    return `Up to ${declaration.maxLength} characters; reads as \`${SECRET_MARK}\` if it is set, which leaves it as it is when sent back.`;
  const { help, maxLength, defaultValue, example, choices } = declaration;
  if (choices) return `${help} One of ${wordList(choices)}; \`${defaultValue}\` by default.`;
  return `${help} Up to ${maxLength} characters, for example \`${example}\`; ${defaultValue === '' ? 'empty' : `\`${defaultValue}\``} by default.`;
}

/** An image is sent as its bytes and read as their digest. */
function describeInput(name: SettingName): string {
  const declaration = declarationOf(name);
  if (declaration.kind !== 'IMAGE') return describe(name);
  return `${declaration.help} ${declaration.formats} ${declaration.dimensions} Give its bytes in base64, bare or as a \`data:\` URL; what it is, its bytes tell.`;
}

@ObjectType('SavedSetting', { description: 'Who saved a setting that differs from its default, and when.' })
@Access('public')
export class SavedSettingType {
  @Field(() => SettingNameEnum, { description: 'The name of the setting.' })
  name!: SettingName;

  @Field(() => DateTime, { description: 'When the setting was last saved with another value.' })
  savedAt!: Date;
}

@ObjectType('FixedSetting', { description: 'A setting that an environment variable gives, which wins over what is saved.' })
@Access('public')
export class FixedSettingType {
  @Field(() => SettingNameEnum, { description: 'The name of the setting.' })
  name!: SettingName;

  @Weight({ bytes: 30 })
  @Field(() => String, { description: 'The environment variable that gives the value.' })
  variable!: string;
}

@ObjectType('Settings', { description: 'What the vendor has set for everyone. Values that nobody set are their defaults.' })
@Access('public')
export class SettingsType {
  @Field(() => Int, {
    description: 'The number of times that the settings were saved. Pass it to `updateSettings` to detect changes by others.',
  })
  lockVersion!: number;

  @Weight({ items: 2 })
  @Field(() => [FixedSettingType], { description: 'Settings that the environment gives. They cannot be changed here.' })
  fixed!: readonly FixedSettingType[];

  @Weight({ items: 6 })
  @Field(() => [SavedSettingType], { description: 'Who saved each setting that differs from its default.' })
  saved!: readonly SavedSetting[];
}

@InputType('UpdateSettingsInput', { description: 'The settings to change. Omitted ones stay; null restores the default.' })
export class UpdateSettingsInput {
  @Field(() => Int, {
    nullable: true,
    description: 'The `lockVersion` that you last read. An outdated one is rejected with `EDIT_CONFLICT`. Omit to save in any case.',
  })
  lockVersion?: number | null;
}

for (const name of SETTING_NAMES) {
  Field(() => typeOf(name), { description: describe(name) })(SettingsType.prototype, name);
  if (typeOf(name) === String) Weight({ bytes: 50 })(SettingsType.prototype, name);
  Field(() => typeOf(name), { nullable: true, description: describeInput(name) })(UpdateSettingsInput.prototype, name);
}

/** The two classes with the fields that the loop above gave them. */
export type SettingsView = SettingsType & Settings;
export type SettingsInput = UpdateSettingsInput & SettingChanges;

/** What is typed into the settings' fields, and what of it is sent. */
import {
  checkSetting,
  checkSettings,
  declarationOf,
  keptText,
  parseBytes,
  rangeSentence,
  SETTING_NAMES,
  sizeText,
  type SettingDeclaration,
  type SettingGroup,
  type SettingName,
  type Settings,
  type SettingValue,
} from '@slipway/shared';

export type SettingTexts = Record<SettingName, string>;
export type SettingMessages = Partial<Record<SettingName, string>>;

/** The settings of one tab, in the order of their declarations. */
export const settingsIn = (group: SettingGroup): readonly SettingName[] =>
  SETTING_NAMES.filter((name) => declarationOf(name).group === group);

/** As the field shows it. */
export function textOf(name: SettingName, value: SettingValue): string {
  const declaration = declarationOf(name);
  return declaration.kind === 'NUMBER' && declaration.unit === 'bytes' ? sizeText(Number(value)) : String(value);
}

export function textsOf(settings: Settings): SettingTexts {
  // Every name is given.
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, textOf(name, settings[name])])) as SettingTexts;
}

/** What was meant; NaN for what is no number. */
export function valueOf(name: SettingName, text: string): SettingValue {
  const declaration = declarationOf(name);
  if (declaration.kind !== 'NUMBER') return keptText(name, text);
  if (declaration.unit === 'bytes') return parseBytes(text);
  return /^[0-9]{1,15}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
}

/** The settings whose value is another one than the saved. */
export function changedNames(saved: Settings, texts: SettingTexts): readonly SettingName[] {
  return SETTING_NAMES.filter((name) => valueOf(name, texts[name]) !== saved[name]);
}

/** What is wrong, field by field; what goes together is judged once each is good. */
export function checkTexts(saved: Settings, texts: SettingTexts): SettingMessages {
  const messages: SettingMessages = {};
  for (const name of changedNames(saved, texts)) {
    const problem = checkSetting(name, valueOf(name, texts[name]));
    if (problem) messages[name] = problem.message;
  }
  if (Object.keys(messages).length > 0) return messages;
  const after = Object.fromEntries(SETTING_NAMES.map((name) => [name, valueOf(name, texts[name])])) as unknown as Settings; // every name is given
  const found: Partial<Record<string, { readonly message: string } | undefined>> = checkSettings(after);
  return Object.fromEntries(Object.entries(found).flatMap(([name, problem]) => (problem ? [[name, problem.message]] : [])));
}

/** What it does, its range and its default, in one line. */
export function hintOf(declaration: SettingDeclaration): string {
  const { variable, help, kind, defaultValue } = declaration;
  if (kind === 'IMAGE') return `${help} ${declaration.formats}`;
  const usual = kind === 'CHOICE' ? (declaration.choices?.[defaultValue] ?? '') : defaultValue;
  const range = kind === 'NUMBER' ? rangeSentence(declaration) : usual === '' ? '' : `${usual} by default.`;
  const wins = variable === undefined ? '' : `${variable} wins over it.`;
  return [help, range, wins].filter(Boolean).join(' ');
}

/** What a value that works costs. */
export function warningOf(declaration: SettingDeclaration, value: SettingValue): string | undefined {
  if (declaration.kind !== 'NUMBER' || !declaration.warning) return undefined;
  return Number(value) > declaration.warning.above ? declaration.warning.text : undefined;
}

/** What the form says where somebody else saved another value than the one typed here. */
export function theirsNotice(name: SettingName, theirs: SettingValue): string {
  if (declarationOf(name).kind === 'IMAGE')
    return `Somebody else ${theirs === '' ? 'removed' : 'replaced'} it meanwhile. Saving puts yours in its place.`;
  return `Somebody else saved “${textOf(name, theirs)}” here meanwhile. Saving puts yours in its place.`;
}

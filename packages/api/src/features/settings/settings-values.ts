import { declarationOf, keptText, SECRET_MARK, SETTING_NAMES, type SettingName, type Settings, type SettingValue } from '@slipway/shared';
import type { Secrets } from '../../kernel/secret/secrets.js';

const SECRET_PURPOSE = 'setting';

/** New values by name; null goes back to the default, what is absent stays. */
export type SettingChanges = Partial<Record<SettingName, SettingValue | null>>;

/** What is given, as it is kept. */
export function valuesOf(names: readonly SettingName[], changes: SettingChanges): Partial<Settings> {
  return Object.fromEntries(
    names.map((name) => {
      const value = changes[name] ?? declarationOf(name).defaultValue;
      return [name, typeof value === 'string' ? keptText(name, value) : value];
    }),
  );
}

/** A value as its row keeps it. */
export function rowValueOf(name: SettingName, value: SettingValue, secrets: Secrets): string {
  return declarationOf(name).kind === 'SECRET' ? secrets.encrypt(SECRET_PURPOSE, name, String(value)) : String(value);
}

/** A value as people may see it. @param mark what stands for a secret that is set */
export function shownValue(name: SettingName, settings: Settings, mark: string): SettingValue {
  return declarationOf(name).kind === 'SECRET' && settings[name] !== '' ? mark : settings[name];
}

/** Settings as people may see them. */
export function withoutSecrets(settings: Settings): Settings {
  // Every name keeps its type.
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, shownValue(name, settings, SECRET_MARK)])) as unknown as Settings;
}

/** Whether what is sent leaves a secret as it is. */
export const isUntouchedSecret = (name: SettingName, value: SettingValue | null | undefined): boolean =>
  declarationOf(name).kind === 'SECRET' && value === SECRET_MARK;

/** One that was sealed with another APP_SECRET is none: whoever misses it enters it anew. */
function openSecret(secrets: Secrets, name: SettingName, sealed: string): string {
  try {
    return secrets.decrypt(SECRET_PURPOSE, name, sealed);
  } catch {
    return '';
  }
}

/** Every setting by what its row says, or its default. */
export function settingsOf(texts: ReadonlyMap<string, string>, secrets: Secrets): Settings {
  const values = SETTING_NAMES.map((name) => {
    const { kind, defaultValue } = declarationOf(name);
    const text = texts.get(name);
    const kept = text !== undefined && kind === 'SECRET' ? openSecret(secrets, name, text) : text;
    const value = kept === undefined ? defaultValue : kind === 'NUMBER' ? Number(kept) : kept;
    // What was written by hand and cannot be must not lock out the page that mends it.
    return [name, Number.isNaN(value) ? defaultValue : value] as const;
  });
  // Every name has the type that its declaration gives.
  return Object.fromEntries(values) as unknown as Settings;
}

/** What a setting says of itself. */

export const SETTING_GROUPS = ['GENERAL', 'LIMITS', 'MAIL', 'SECURITY', 'RETENTION'] as const;
export type SettingGroup = (typeof SETTING_GROUPS)[number];

interface Declared {
  readonly group: SettingGroup;
  readonly label: string;
  /** What it does, in one sentence. */
  readonly help: string;
  /** The environment variable that wins over what was set, where there is one. */
  readonly variable?: string;
}

export type TextKind = 'TEXT' | 'EMAIL' | 'URL' | 'TIME_ZONE' | 'CHOICE' | 'COLOR' | 'HOST';

/** A text; an empty one is none, which only what has an empty default may be. */
export interface TextSetting extends Declared {
  readonly kind: TextKind;
  readonly defaultValue: string;
  readonly maxLength: number;
  /** What a good value looks like. */
  readonly example: string;
  /** What the value may have where something is filled in, for example `{license}`. */
  readonly placeholder?: string;
  /** The values of a choice, and how people read them. */
  readonly choices?: Readonly<Record<string, string>>;
}

export type NumberUnit = 'bytes' | 'seconds' | 'minutes' | 'hours' | 'days' | 'requests' | 'characters' | 'mails' | 'port';

/** A whole number, both ends of its range included. */
export interface NumberSetting extends Declared {
  readonly kind: 'NUMBER';
  readonly defaultValue: number;
  readonly least: number;
  readonly most: number;
  readonly unit: NumberUnit;
  /** Above it the value works, and the form says what it costs. */
  readonly warning?: { readonly above: number; readonly text: string };
}

/** An image: its value is the SHA-256 of its bytes, an empty one is none. */
export interface ImageSetting extends Declared {
  readonly kind: 'IMAGE';
  readonly defaultValue: '';
  /** What it may be, in one sentence. */
  readonly formats: string;
  /** How large it may be shown, in one sentence. */
  readonly dimensions: string;
}

/** A text that is written and never shown: kept encrypted, audited by its name only. */
export interface SecretSetting extends Declared {
  readonly kind: 'SECRET';
  readonly defaultValue: '';
  readonly maxLength: number;
}

/** What stands for a secret wherever its setting is shown; sent back, it leaves the secret as it is. */
export const SECRET_MARK = '••••••••';

export type SettingDeclaration = TextSetting | NumberSetting | ImageSetting | SecretSetting;

import { DEFAULT_FILE_LIMIT_BYTES } from '@slipway/shared';

/** One setting: what it is for, its default, and how its text is read. */
interface SettingDeclaration<T> {
  readonly defaultValue: T;
  readonly read: (text: string) => T;
}

/** What the vendor may set for everybody. Stored as text in `setting`; an absent row means the default. */
export const SETTINGS = {
  /** Shown at the top of the portal. */
  vendorName: { defaultValue: 'Slipway', read: String },
  /** IANA zone in which release dates and update windows are read. */
  timeZone: { defaultValue: 'UTC', read: String },
  /** Largest file in bytes. */
  maxFileSizeBytes: { defaultValue: DEFAULT_FILE_LIMIT_BYTES, read: Number },
  /** How long a signed download URL works: 60 to 86,400 seconds (DESIGN.md, section 5). */
  downloadUrlSeconds: { defaultValue: 300, read: Number },
} as const satisfies Record<string, SettingDeclaration<string> | SettingDeclaration<number>>;

export type SettingName = keyof typeof SETTINGS;
export interface Settings {
  readonly vendorName: string;
  readonly timeZone: string;
  readonly maxFileSizeBytes: number;
  readonly downloadUrlSeconds: number;
}

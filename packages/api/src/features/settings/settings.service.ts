import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import { toSqlInstant } from '../../database/instants.js';
import { SETTINGS, type SettingName, type Settings } from './settings.js';

/** How old a process's view of the settings may be; another replica's change is seen after that. */
const CACHE_MS = 2_000;

/** Reads and writes what the vendor set. */
export class SettingsService {
  #cached: { readonly settings: Settings; readonly readAt: number } | null = null;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<Settings> {
    const now = this.clock.now().getTime();
    if (this.#cached && now - this.#cached.readAt < CACHE_MS && now >= this.#cached.readAt) return this.#cached.settings;
    const rows = await this.database.query<{ name: string; value: string }>('SELECT name, value FROM setting');
    const settings = settingsOf(new Map(rows.map((row) => [row.name, row.value])));
    this.#cached = { settings, readAt: now };
    return settings;
  }

  /** Sets one setting. */
  async write(tx: Transaction, name: SettingName, value: string): Promise<void> {
    const updatedAt = toSqlInstant(this.clock.now());
    const row = { name, value, updated_at: updatedAt };
    await tx.execute('DELETE FROM setting WHERE name = ?', [name]);
    await tx.insertIfAbsent('setting', row);
    this.#cached = null;
  }
}

function settingsOf(texts: ReadonlyMap<string, string>): Settings {
  const value = <T>(name: SettingName, declaration: { readonly defaultValue: T; readonly read: (text: string) => T }): T => {
    const text = texts.get(name);
    return text === undefined ? declaration.defaultValue : declaration.read(text);
  };
  return {
    vendorName: value<string>('vendorName', SETTINGS.vendorName),
    timeZone: value<string>('timeZone', SETTINGS.timeZone),
    maxFileSizeBytes: value<number>('maxFileSizeBytes', SETTINGS.maxFileSizeBytes),
    downloadUrlSeconds: value<number>('downloadUrlSeconds', SETTINGS.downloadUrlSeconds),
  };
}

import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import { toSqlInstant } from '../../database/instants.js';
import { SETTINGS, type SettingName, type Settings } from './settings.js';

/** How old a process's view of the settings may be; another replica's change is seen after that. */
const CACHE_MS = 2_000;

/** Reads and writes what the vendor set. */
export class SettingsService {
  /** The last reading, which all share who come while it is on its way. */
  #reading: { readonly settings: Promise<Settings>; readonly begunAt: number } | null = null;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  read(): Promise<Settings> {
    const now = this.clock.now().getTime();
    if (this.#reading && now - this.#reading.begunAt < CACHE_MS && now >= this.#reading.begunAt) return this.#reading.settings;
    const reading = { settings: this.#readAll(), begunAt: now };
    this.#reading = reading;
    reading.settings.catch(() => this.#reading === reading && (this.#reading = null)); // what failed is tried again
    return reading.settings;
  }

  async #readAll(): Promise<Settings> {
    const rows = await this.database.query<{ name: string; value: string }>('SELECT name, value FROM setting');
    return settingsOf(new Map(rows.map((row) => [row.name, row.value])));
  }

  /** Sets one setting. */
  async write(tx: Transaction, name: SettingName, value: string): Promise<void> {
    const updatedAt = toSqlInstant(this.clock.now());
    const row = { name, value, updated_at: updatedAt };
    await tx.execute('DELETE FROM setting WHERE name = ?', [name]);
    await tx.insertIfAbsent('setting', row);
    this.#reading = null;
  }
}

/** The vendor's time zone as read in a transaction. */
export async function readTimeZone(tx: Pick<Transaction, 'query'>): Promise<string> {
  const [row] = await tx.query<{ value: string }>(`SELECT value FROM setting WHERE name = 'timeZone'`);
  return row?.value ?? SETTINGS.timeZone.defaultValue;
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

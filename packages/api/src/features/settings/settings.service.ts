import {
  checkSetting,
  checkSettings,
  declarationOf,
  SETTING_NAMES,
  SETTINGS,
  type SettingName,
  type Settings,
  type SettingValue,
} from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { mayUse } from '../../kernel/policy.js';
import { forbidden } from '../../kernel/problem/faults.js';
import { FieldProblems, refuse } from '../../kernel/problem/refusal.js';
import type { Audit } from '../../machinery/audit/audit.service.js';

/** How old a process's view of the settings may be; another replica's change is seen after that. */
const CACHE_MS = 2_000;
/** The row that counts how often settings were saved. */
const VERSION_ROW = 'lockVersion';

export interface SettingsDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  /** What the environment gives: it wins. */
  readonly fixed: Partial<Settings>;
}

/** All settings as they are in force, and how often they were saved. */
export interface SettingsState {
  readonly settings: Settings;
  readonly lockVersion: number;
}

/** New values by name; null goes back to the default, what is absent stays. */
export type SettingChanges = Partial<Record<SettingName, SettingValue | null>>;

/** Reads and writes what the vendor set. */
export class SettingsService {
  /** The last reading, which all share who come while it is on its way. */
  #reading: { readonly settings: Promise<Settings>; readonly begunAt: number } | null = null;

  constructor(private readonly use: SettingsDependencies) {}

  /** Names of the settings that the environment gives. */
  get fixedNames(): readonly SettingName[] {
    return SETTING_NAMES.filter((name) => this.use.fixed[name] !== undefined);
  }

  /** What holds before anything was read. */
  get defaults(): Settings {
    return { ...settingsOf(new Map()), ...this.use.fixed };
  }

  read(): Promise<Settings> {
    const now = this.use.clock.now().getTime();
    if (this.#reading && now - this.#reading.begunAt < CACHE_MS && now >= this.#reading.begunAt) return this.#reading.settings;
    const reading = { settings: this.#readAll(), begunAt: now };
    this.#reading = reading;
    reading.settings.catch(() => this.#reading === reading && (this.#reading = null)); // what failed is tried again
    return reading.settings;
  }

  async #readAll(): Promise<Settings> {
    return (await this.#stateOf(this.use.database)).settings;
  }

  /** As they are now, for whoever edits them. @throws PublicFault FORBIDDEN */
  async show({ actor }: RequestContext): Promise<SettingsState> {
    // Settings belong to no product: a token for one has no say in them.
    if (!mayUse(actor, 'settings:write', null)) throw forbidden('settings:write');
    return this.#stateOf(this.use.database);
  }

  async #stateOf(place: Pick<Transaction, 'query'>): Promise<SettingsState> {
    const rows = await place.query<{ name: string; value: string }>('SELECT name, value FROM setting');
    const texts = new Map(rows.map((row) => [row.name, row.value]));
    return { settings: { ...settingsOf(texts), ...this.use.fixed }, lockVersion: Number(texts.get(VERSION_ROW) ?? 0) };
  }

  /**
   * Saves what is given, in one transaction with its audit entry.
   * @param lockVersion what the caller last read; null: the caller does not say
   * @throws Refusal EDIT_CONFLICT, SETTING_FIXED, or a rule's code at each field
   */
  async update(context: RequestContext, changes: SettingChanges, lockVersion: number | null): Promise<SettingsState> {
    if (!mayUse(context.actor, 'settings:write', null)) throw forbidden('settings:write');
    const names = SETTING_NAMES.filter((name) => changes[name] !== undefined);
    this.#requireGood(names, changes);
    const state = await this.use.database.transaction(async (tx) => {
      const before = await this.#lock(tx, lockVersion);
      const after = { ...before.settings, ...valuesOf(names, changes) };
      requireTogether(after);
      const changed = names.filter((name) => after[name] !== before.settings[name]);
      if (changed.length === 0) return before;
      for (const name of changed) await this.#save(tx, name, after[name]);
      const next = before.lockVersion + 1;
      await this.#put(tx, VERSION_ROW, String(next));
      const only = (settings: Settings): object => Object.fromEntries(changed.map((name) => [name, settings[name]]));
      const entry = { subjectType: 'settings', subjectId: 'settings', before: only(before.settings), after: only(after) } as const;
      await this.use.audit.record(tx, context, { ...entry, action: 'settings.update' });
      return { settings: after, lockVersion: next };
    });
    this.#reading = null;
    return state;
  }

  #requireGood(names: readonly SettingName[], changes: SettingChanges): void {
    const problems = new FieldProblems();
    for (const name of names) {
      const value = changes[name];
      if (value != null) problems.add(name, checkSetting(name, value));
    }
    problems.throwIfAny();
    const fixed = names.find((name) => this.use.fixed[name] !== undefined);
    if (fixed === undefined) return;
    const { label, variable } = declarationOf(fixed);
    refuse('SETTING_FIXED', `${label} is set by ${variable ?? 'the environment'}: change it there, then restart Slipway.`, fixed);
  }

  async #lock(tx: Transaction, lockVersion: number | null): Promise<SettingsState> {
    await tx.insertIfAbsent('setting', { name: VERSION_ROW, value: '0', updated_at: toSqlInstant(this.use.clock.now()) });
    // Whoever saves at the same time waits here, and then reads what was saved.
    await tx.execute('UPDATE setting SET value = value WHERE name = ?', [VERSION_ROW]);
    const state = await this.#stateOf(tx);
    if (lockVersion !== null && lockVersion !== state.lockVersion)
      refuse('EDIT_CONFLICT', 'The settings were saved by somebody else meanwhile: reload them, then make your change again.');
    return state;
  }

  #save(tx: Transaction, name: SettingName, value: SettingValue): Promise<void> {
    if (value !== declarationOf(name).defaultValue) return this.#put(tx, name, String(value));
    return tx.execute('DELETE FROM setting WHERE name = ?', [name]).then(() => undefined);
  }

  async #put(tx: Transaction, name: string, value: string): Promise<void> {
    await tx.execute('DELETE FROM setting WHERE name = ?', [name]);
    await tx.insertIfAbsent('setting', { name, value, updated_at: toSqlInstant(this.use.clock.now()) });
  }

  /** Sets one setting by the program itself. */
  async write(tx: Transaction, name: SettingName, value: string): Promise<void> {
    await this.#put(tx, name, value);
    this.#reading = null;
  }
}

/** The vendor's time zone as read in a transaction. */
export async function readTimeZone(tx: Pick<Transaction, 'query'>): Promise<string> {
  const [row] = await tx.query<{ value: string }>(`SELECT value FROM setting WHERE name = 'timeZone'`);
  return row?.value ?? SETTINGS.timeZone.defaultValue;
}

/** What is given, as it is kept. */
function valuesOf(names: readonly SettingName[], changes: SettingChanges): Partial<Settings> {
  return Object.fromEntries(
    names.map((name) => {
      const value = changes[name] ?? declarationOf(name).defaultValue;
      return [name, typeof value === 'string' ? value.trim() : value];
    }),
  );
}

/** @throws Refusal when the settings contradict each other */
function requireTogether(settings: Settings): void {
  const problems = new FieldProblems();
  for (const [name, problem] of Object.entries(checkSettings(settings))) problems.add(name, problem ?? null);
  problems.throwIfAny();
}

function settingsOf(texts: ReadonlyMap<string, string>): Settings {
  const values = SETTING_NAMES.map((name) => {
    const { kind, defaultValue } = declarationOf(name);
    const text = texts.get(name);
    const value = text === undefined ? defaultValue : kind === 'NUMBER' ? Number(text) : text;
    // What was written by hand and cannot be must not lock out the page that mends it.
    return [name, Number.isNaN(value) ? defaultValue : value] as const;
  });
  // Every name has the type that its declaration gives.
  return Object.fromEntries(values) as unknown as Settings;
}

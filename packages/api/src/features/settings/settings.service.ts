import {
  checkSetting,
  checkSettings,
  declarationOf,
  SECRET_MARK,
  SETTING_NAMES,
  SETTINGS,
  type Problem,
  type SettingName,
  type Settings,
  type SettingValue,
} from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { fromSqlInstant, toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { actorId } from '../../kernel/actor.js';
import { mayUse } from '../../kernel/policy.js';
import { forbidden } from '../../kernel/problem/faults.js';
import { FieldProblems, refuse } from '../../kernel/problem/refusal.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import { isUntouchedSecret, rowValueOf, settingsOf, shownValue, valuesOf, type SettingChanges } from './settings-values.js';
import { changeLogo, readSentLogo } from './vendor-logos.js';

/** How old a process's view of the settings may be; another replica's change is seen after that. */
const CACHE_MS = 2_000;

interface Reading {
  readonly settings: Promise<Settings>;
  readonly begunAt: number;
  /** What may be told at once: what was read last, until this has been read; null: nothing was. */
  known: Promise<Settings> | null;
}

/** The row that counts how often settings were saved. */
const VERSION_ROW = 'lockVersion';

export interface SettingsDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly secrets: Secrets;
  /** What the environment gives: it wins. */
  readonly fixed: Partial<Settings>;
}

/** Who saved a setting that is not its default. */
export interface SavedSetting {
  readonly name: SettingName;
  readonly savedAt: Date;
  /** Both null: the program itself, or an older Slipway that did not note it. */
  readonly savedByKind: string | null;
  readonly savedById: string | null;
  readonly eventId: string | null;
}

/** All settings as they are in force, who saved them, and how often that was. */
export interface SettingsState {
  readonly settings: Settings;
  readonly lockVersion: number;
  readonly saved: readonly SavedSetting[];
}

interface SettingRow {
  readonly name: string;
  readonly value: string;
  readonly updated_at: string | Date;
  readonly saved_by_kind: string | null;
  readonly saved_by: string | null;
  readonly event_id: string | null;
}

/** Who saves, beside the value. */
type SavedBy = Pick<SettingRow, 'saved_by_kind' | 'saved_by' | 'event_id'>;
const THE_PROGRAM: SavedBy = { saved_by_kind: null, saved_by: null, event_id: null };

/** Reads and writes what the vendor set. */
export class SettingsService {
  /** The last reading, which all share who come while it is on its way. */
  #reading: Reading | null = null;

  constructor(private readonly use: SettingsDependencies) {}

  /** Names of the settings that the environment gives. */
  get fixedNames(): readonly SettingName[] {
    return SETTING_NAMES.filter((name) => this.use.fixed[name] !== undefined);
  }

  /** What holds before anything was read. */
  get defaults(): Settings {
    return { ...settingsOf(new Map(), this.use.secrets), ...this.use.fixed };
  }

  /**
   * As they were at most two seconds ago. While they are read anew everybody but the first gets what is known: the first may wait for a
   * connection that only a transaction will free which asks here, too.
   */
  read(): Promise<Settings> {
    const now = this.use.clock.now().getTime();
    const last = this.#reading;
    if (last && now - last.begunAt < CACHE_MS && now >= last.begunAt) return last.known ?? last.settings;
    const reading: Reading = { settings: this.#readAll(), begunAt: now, known: last && now >= last.begunAt ? (last.known ?? null) : null };
    this.#reading = reading;
    reading.settings.then(
      () => (reading.known = reading.settings),
      () => this.#reading === reading && (this.#reading = null), // what failed is tried again
    );
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
    const rows = await place.query<SettingRow>('SELECT name, value, updated_at, saved_by_kind, saved_by, event_id FROM setting');
    const texts = new Map(rows.map((row) => [row.name, row.value]));
    return {
      settings: { ...settingsOf(texts, this.use.secrets), ...this.use.fixed },
      lockVersion: Number(texts.get(VERSION_ROW) ?? 0),
      saved: SETTING_NAMES.flatMap((name) => rows.filter((row) => row.name === name).map((row) => savedSetting(name, row))),
    };
  }

  /**
   * Saves what is given, in one transaction with its audit entry.
   * @param lockVersion what the caller last read; null: the caller does not say
   * @throws Refusal EDIT_CONFLICT, SETTING_FIXED, or a rule's code at each field
   */
  async update(context: RequestContext, changes: SettingChanges, lockVersion: number | null): Promise<SettingsState> {
    if (!mayUse(context.actor, 'settings:write', null)) throw forbidden('settings:write');
    const sent = readSentLogo(changes.logo);
    const names = SETTING_NAMES.filter((name) => changes[name] !== undefined && !isUntouchedSecret(name, changes[name]));
    this.#requireGood(names, changes, sent?.problem ?? null);
    const values = valuesOf(names, sent?.logo ? { ...changes, logo: sent.logo.digest } : changes);
    const state = await this.use.database.transaction(async (tx) => {
      const before = await this.#lock(tx, lockVersion);
      const after = { ...before.settings, ...values };
      requireTogether(after);
      const changed = names.filter((name) => after[name] !== before.settings[name]);
      if (changed.length === 0) return before;
      const at = toSqlInstant(this.use.clock.now());
      if (changed.includes('logo')) await changeLogo(tx, { before: before.settings.logo, after: after.logo, sent: sent?.logo ?? null, at });
      const by = await this.#record(tx, context, { changed, before: before.settings, after });
      for (const name of changed) await this.#save(tx, name, { value: after[name], by });
      await this.#put(tx, VERSION_ROW, { value: String(before.lockVersion + 1), by });
      return this.#stateOf(tx);
    });
    this.#reading = null;
    return state;
  }

  /** @returns who saves, for the rows */
  async #record(
    tx: Transaction,
    context: RequestContext,
    { changed, ...sides }: { readonly changed: readonly SettingName[]; readonly before: Settings; readonly after: Settings },
  ): Promise<SavedBy> {
    const only = (settings: Settings, mark: string): object =>
      Object.fromEntries(changed.map((name) => [name, shownValue(name, settings, mark)]));
    const [before, after] = [only(sides.before, SECRET_MARK), only(sides.after, 'set anew')];
    const entry = { subjectType: 'settings', subjectId: 'settings', before, after } as const;
    const eventId = await this.use.audit.record(tx, context, { ...entry, action: 'settings.update' });
    return { saved_by_kind: context.actor.kind, saved_by: actorId(context.actor), event_id: eventId };
  }

  #requireGood(names: readonly SettingName[], changes: SettingChanges, ofLogo: Problem | null): void {
    const problems = new FieldProblems();
    problems.add('logo', ofLogo);
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

  async #save(tx: Transaction, name: SettingName, { value, by }: { readonly value: SettingValue; readonly by: SavedBy }): Promise<void> {
    if (value !== declarationOf(name).defaultValue) return this.#put(tx, name, { value: rowValueOf(name, value, this.use.secrets), by });
    await tx.execute('DELETE FROM setting WHERE name = ?', [name]);
  }

  async #put(tx: Transaction, name: string, { value, by }: { readonly value: string; readonly by: SavedBy }): Promise<void> {
    await tx.execute('DELETE FROM setting WHERE name = ?', [name]);
    await tx.insertIfAbsent('setting', { name, value, updated_at: toSqlInstant(this.use.clock.now()), ...by });
  }

  /** Sets one setting by the program itself. */
  async write(tx: Transaction, name: SettingName, value: string): Promise<void> {
    await this.#put(tx, name, { value, by: THE_PROGRAM });
    this.#reading = null;
  }
}

/** The vendor's time zone as read in a transaction. */
export async function readTimeZone(tx: Pick<Transaction, 'query'>): Promise<string> {
  const [row] = await tx.query<{ value: string }>(`SELECT value FROM setting WHERE name = 'timeZone'`);
  return row?.value ?? SETTINGS.timeZone.defaultValue;
}

const savedSetting = (name: SettingName, row: SettingRow): SavedSetting => ({
  name,
  savedAt: fromSqlInstant(row.updated_at),
  savedByKind: row.saved_by_kind,
  savedById: row.saved_by,
  eventId: row.event_id,
});

/** @throws Refusal when the settings contradict each other */
function requireTogether(settings: Settings): void {
  const problems = new FieldProblems();
  for (const [name, problem] of Object.entries(checkSettings(settings))) problems.add(name, problem ?? null);
  problems.throwIfAny();
}

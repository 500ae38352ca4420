import type { Database } from '../../database/database.js';
import { isDatabaseUnreachable } from '../../database/errors.js';
import { toSqlInstant } from '../../database/instants.js';
import type { SqlValue } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import { newEventId } from '../../kernel/ids.js';
import type { Log } from '../../kernel/log.js';
import { shownAddress } from '../../kernel/text/shown-address.js';
import { firstCharacters } from '../../kernel/text/first-characters.js';
import type { RefusedPart, RefusedSubject } from '../../kernel/refused-parts.js';

/** Lines of one minute that each process keeps: of callers who are known, and of all others. A flood of these never crowds those out. */
export const KEPT_PER_MINUTE = { KNOWN: 1_200, STRANGERS: 300 } as const;
/** Of these, lines of one caller: a program that tries again and again crowds out nobody else. */
export const KEPT_PER_CALLER = 120;
/** The code of a line that stands for those that were not kept. */
export const NOT_KEPT = 'NOT_KEPT';

const MINUTE_MS = 60_000;
/** What was noted is written this much later at most. */
const WRITE_AFTER_MS = 1_000;
/** Lines of one INSERT. */
const BATCH = 50;
/** While the database is away so many wait for it. */
const WAITING_MAX_COUNT = 5_000;

/** One refusal, as the border tells it. */
export interface NotedRefusal extends RefusedPart, RefusedSubject {
  readonly status: number;
  readonly operation: string;
  readonly requestId: string;
  readonly address: string;
  readonly client: string | null;
  readonly customerId?: string | null;
  readonly userId?: string | null;
  readonly tokenId?: string | null;
  readonly machineKeyId?: string | null;
  /** The license whose key was sent with the request. */
  readonly keyOfLicenseId?: string | null;
}

/** What a line tells of a license. */
export interface LicenseHead {
  readonly customerId: string;
  readonly keyHint: string;
}

export interface RefusalLogUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly readAddressDetail: () => Promise<string>;
  readonly findLicenses: (ids: readonly string[]) => Promise<ReadonlyMap<string, LicenseHead>>;
}

interface Waiting {
  readonly id: string;
  readonly at: Date;
  readonly noted: NotedRefusal;
  readonly notKept: number | null;
}

/** Keeps what was refused: in batches, away from the answers, and no more of it than a flood may leave behind. */
export class RefusalLog {
  #waiting: Waiting[] = [];
  #minute = 0;
  #kept = { KNOWN: 0, STRANGERS: 0 };
  /** Lines of the running minute, by license, token, machine key or person. */
  readonly #ofCallers = new Map<string, number>();
  #notKept = 0;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly use: RefusalLogUse) {}

  /** Notes a refusal; it is written soon. */
  note(noted: NotedRefusal): void {
    const at = this.use.clock.now();
    this.#beginMinute(at);
    const [whose, caller] = isKnown(noted) ? (['KNOWN', callerOf(noted)] as const) : (['STRANGERS', null] as const);
    const ofCaller = caller === null ? 0 : (this.#ofCallers.get(caller) ?? 0) + 1;
    const isTooMuch =
      ofCaller > KEPT_PER_CALLER || this.#kept[whose] >= KEPT_PER_MINUTE[whose] || this.#waiting.length >= WAITING_MAX_COUNT;
    if (!isTooMuch) this.#kept[whose] += 1;
    if (!isTooMuch && caller !== null) this.#ofCallers.set(caller, ofCaller);
    if (isTooMuch) this.#notKept += 1;
    else this.#waiting.push({ id: newEventId(at), at, noted, notKept: null });
    this.#writeSoon();
  }

  /** Writes what waits: before it is read, when the process stops, and in tests. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing = this.#writing.then(() => this.#write());
    await this.#writing;
  }

  /** As `flush`; what is too much of the running minute is told as well. */
  async close(): Promise<void> {
    this.#tellNotKept(this.use.clock.now());
    await this.flush();
  }

  #beginMinute(at: Date): void {
    const minute = Math.floor(at.getTime() / MINUTE_MS);
    if (minute === this.#minute) return;
    this.#tellNotKept(at);
    [this.#minute, this.#kept] = [minute, { KNOWN: 0, STRANGERS: 0 }];
    this.#ofCallers.clear();
  }

  /** One line for all that were too many: nothing is left out in silence. */
  #tellNotKept(at: Date): void {
    const count = this.#notKept;
    if (count === 0) return;
    this.#notKept = 0;
    const noted = { code: NOT_KEPT, message: '', status: 0, operation: '', requestId: '', address: '', client: null };
    this.#waiting.push({ id: newEventId(at), at, noted, notKept: count });
    this.use.log.warn({ notKept: count }, 'more was refused in a minute than the log keeps');
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(() => void this.#afterMinute().flush(), WRITE_AFTER_MS).unref();
  }

  /** A flood that has ended is told by the next write. */
  #afterMinute(): this {
    this.#beginMinute(this.use.clock.now());
    return this;
  }

  async #write(): Promise<void> {
    let lines: readonly Waiting[] = [];
    try {
      while (this.#waiting.length > 0) {
        lines = this.#waiting.slice(0, BATCH);
        await this.#insert(lines);
        // More may have come meanwhile.
        this.#waiting.splice(0, lines.length);
      }
    } catch (error) {
      this.use.log.warn({ err: error, lines: this.#waiting.length }, 'what was refused could not be written down yet');
      // What the database refuses by itself would be refused for ever.
      if (!isDatabaseUnreachable(error)) this.#notKept += this.#waiting.splice(0, lines.length).length;
    }
    if (this.#notKept > 0 || this.#waiting.length > 0) this.#writeSoon();
  }

  async #insert(lines: readonly Waiting[]): Promise<void> {
    const ids = lines.flatMap(({ noted }) => [noted.keyOfLicenseId ?? [], noted.licenseId ?? []].flat());
    const [licenses, detail] = [await this.use.findLicenses([...new Set(ids)]), await this.use.readAddressDetail()];
    const rows = lines.map((line) => rowOf(line, licenses, detail));
    const names = Object.keys(rows[0] ?? {});
    const marks = `(${names.map(() => '?').join(', ')})`;
    await this.use.database.transaction((tx) =>
      tx.execute(
        `INSERT INTO refusal (${names.join(', ')}) VALUES ${rows.map(() => marks).join(', ')}`,
        rows.flatMap((row) => Object.values(row)),
      ),
    );
  }
}

const callerOf = ({ keyOfLicenseId, tokenId, machineKeyId, userId, licenseId, customerId }: NotedRefusal): string =>
  keyOfLicenseId ?? tokenId ?? machineKeyId ?? userId ?? licenseId ?? customerId ?? '';

const isKnown = ({ customerId, userId, tokenId, licenseId, keyOfLicenseId }: NotedRefusal): boolean =>
  [customerId, userId, tokenId, licenseId, keyOfLicenseId].some((id) => id != null);

const fit = (text: string | null | undefined, length: number): string | null => (text == null ? null : firstCharacters(text, length));

function rowOf({ id, at, noted, notKept }: Waiting, licenses: ReadonlyMap<string, LicenseHead>, detail: string): Record<string, SqlValue> {
  const keyLicense = noted.keyOfLicenseId == null ? null : licenses.get(noted.keyOfLicenseId);
  const licenseId = noted.licenseId ?? noted.keyOfLicenseId ?? null;
  const customerId = noted.customerId ?? (licenseId === null ? null : (licenses.get(licenseId)?.customerId ?? null));
  return {
    id,
    at: toSqlInstant(at),
    code: fit(noted.code, 40),
    message: fit(noted.message, 500),
    remedy: fit(noted.remedy, 24),
    status: noted.status,
    operation: fit(noted.operation, 100),
    product_id: noted.productId ?? null,
    downloadable_id: noted.downloadableId ?? null,
    version: fit(noted.version, 100),
    asset_id: noted.assetId ?? null,
    file_name: fit(noted.fileName, 200),
    license_id: licenseId,
    customer_id: customerId,
    user_id: noted.userId ?? null,
    token_id: noted.tokenId ?? null,
    machine_key_id: noted.machineKeyId ?? null,
    share_link_id: noted.shareLinkId ?? null,
    key_ending: keyLicense?.keyHint ?? null,
    client: noted.client,
    address: shownAddress(noted.address, detail),
    request_id: noted.requestId,
    not_kept: notKept,
  };
}

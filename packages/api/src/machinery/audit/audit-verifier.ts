import { IsNull, LessThanOrEqual, MoreThan, Not } from 'typeorm';
import type { Database } from '../../database/database.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import { databaseNow } from '../jobs/job-queue.js';
import { AuditHead, AuditSeal } from './audit-chain.entities.js';
import { countErased, readPersonal, readStretch, weightOf, type AuditFault } from './audit-check.js';
import { AuditEvent } from './audit-event.entity.js';
import { HEAD } from './audit-head.js';
import { AuditKeys } from './audit-keys.js';
import { findContentFault, findStretchFaults } from './audit-links.js';

/** Events that one request checks, and those that one reading brings into memory. */
export const PAGE = 2_000;
const STRETCH = 100;
/** A page of very long events ends earlier: about this many characters. */
const PAGE_WEIGHT = 8_000_000;
/** Faults outside of the chain that one page names; what is past them is found when these are mended. */
const STRAYS = 200;

/** What one page of verifying found. */
export interface AuditPage {
  /** The page that comes next begins after this one. */
  readonly through: number;
  readonly isDone: boolean;
  readonly checked: number;
  /** Personal values that were erased on request: the chain holds without them. */
  readonly erased: number;
  /** Events that wait for their place; known on the last page. */
  readonly unsealed: number;
  readonly faults: readonly AuditFault[];
}

/** Goes through the audit chain, a page at a time, and names every event that is not as it was. Changes nothing. */
export class AuditVerifier {
  readonly #keys: AuditKeys;

  constructor(
    private readonly database: Database,
    secrets: Secrets,
  ) {
    this.#keys = new AuditKeys(secrets);
  }

  /** How far the chain reaches; null where nothing was sealed yet. */
  async findHead(): Promise<AuditHead | null> {
    return this.database.read.findOneBy(AuditHead, HEAD);
  }

  /** @param after the last event that was checked; 0 to begin */
  async verifyPage(after: number): Promise<AuditPage> {
    for (;;) {
      const base = await this.#findBase();
      const page = await this.#readPage(after);
      // What was let go while it was read is missing for a good reason: it is read again.
      if (page.faults.length === 0 || base === (await this.#findBase())) return page;
    }
  }

  async #findBase(): Promise<number> {
    return (await this.findHead())?.baseSequence ?? 0;
  }

  async #readPage(after: number): Promise<AuditPage> {
    // The last link is read before the head: while others seal, the head is never behind it.
    const [end] = await this.database.query<{ last: number | null }>('SELECT MAX(sequence) AS last FROM audit_seal');
    const head = await this.findHead();
    const last = head?.sequence ?? Number(end?.last ?? 0);
    const base = head?.baseSequence ?? 0;
    let through = Math.max(after, base);
    const page = { checked: 0, erased: 0, faults: [] as AuditFault[] };
    for (let weight = 0; through < last && page.checked < PAGE && weight < PAGE_WEIGHT;) {
      const stop = Math.min(through + STRETCH, last);
      const stretch = await readStretch(this.database, through + 1, stop);
      const previous = through === base ? (head?.baseSeal ?? '') : null;
      page.faults.push(...findStretchFaults(this.#keys, stretch, { first: through + 1, last: stop, previous }));
      page.checked += stop - through;
      page.erased += countErased(stretch);
      weight += weightOf(stretch);
      through = stop;
    }
    if (through < last) return { ...page, through, isDone: false, unsealed: 0 };
    const outside = await this.#checkOutside(head, Number(end?.last ?? 0));
    page.faults.push(...outside.faults);
    return { ...page, through, isDone: true, unsealed: outside.unsealed, erased: page.erased + outside.erased };
  }

  /** What the links do not tell: the head, events beyond it, and those that wait. */
  async #checkOutside(head: AuditHead | null, lastSeal: number): Promise<Pick<AuditPage, 'faults' | 'unsealed' | 'erased'>> {
    const waiting = await this.#checkWaiting(head);
    const faults = [...(await this.#checkHead(head, lastSeal)), ...waiting.faults];
    if (head) faults.push(...(await this.#listStrays(head)));
    return { ...waiting, faults };
  }

  async #checkHead(head: AuditHead | null, lastSeal: number): Promise<AuditFault[]> {
    const fault: AuditFault = { kind: 'HEAD', sequence: head?.sequence ?? lastSeal, at: null, eventId: null };
    if (!head) return lastSeal === 0 && !(await this.database.read.existsBy(AuditEvent, { sequence: Not(IsNull()) })) ? [] : [fault];
    if (head.signature !== this.#keys.signatureOf(head)) return [fault];
    const seal = await this.database.read.findOneBy(AuditSeal, { sequence: head.sequence });
    // One that is gone was named as missing.
    const isTheirs = !seal || seal.seal === head.seal;
    return isTheirs && lastSeal <= head.sequence ? [] : [{ ...fault, at: seal?.at ?? null }];
  }

  /** Events that say they have a place where none was given. */
  async #listStrays({ sequence, baseSequence }: AuditHead): Promise<AuditFault[]> {
    const where = [{ sequence: MoreThan(sequence) }, { sequence: LessThanOrEqual(baseSequence) }];
    const strays = await this.database.read.find(AuditEvent, { where, take: STRAYS, order: { sequence: 'ASC' } });
    // Sealed while this was going on, perhaps: then the head has moved on as well.
    const present = (await this.findHead())?.sequence ?? sequence;
    return strays
      .filter((event) => event.sequence === null || event.sequence <= baseSequence || event.sequence > present)
      .map((event) => ({ kind: 'INSERTED', sequence: event.sequence, at: event.at, eventId: event.id }));
  }

  async #checkWaiting(head: AuditHead | null): Promise<Pick<AuditPage, 'faults' | 'unsealed' | 'erased'>> {
    const [count] = await this.database.query<{ total: number | string }>(
      'SELECT COUNT(*) AS total FROM audit_event WHERE sequence IS NULL',
    );
    const events = await this.database.read.find(AuditEvent, {
      where: { sequence: IsNull(), stamp: Not(IsNull()) },
      take: STRAYS,
      order: { id: 'ASC' },
    });
    const beside = await readPersonal(this.database, events);
    const faults = events.flatMap((event) => findContentFault(this.#keys, event, beside) ?? []);
    const isLegacyOver = head !== null && (head.legacyUntil === null || head.legacyUntil <= (await databaseNow(this.database)));
    if (isLegacyOver) faults.push(...(await this.#listUnstamped()));
    return { faults, unsealed: Number(count?.total ?? 0), erased: countErased(beside) };
  }

  async #listUnstamped(): Promise<AuditFault[]> {
    const events = await this.database.read.find(AuditEvent, {
      where: { sequence: IsNull(), stamp: IsNull() },
      take: STRAYS,
      order: { id: 'ASC' },
    });
    return events.map(({ at, id }) => ({ kind: 'INSERTED', sequence: null, at, eventId: id }));
  }
}

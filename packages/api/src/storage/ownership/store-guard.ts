import type { Clock } from '../../kernel/clock.js';
import { StorageFault } from '../storage-fault.js';
import { leaseClaim, raiseOwnClaim, releaseClaim, type ClaimLease } from './claim-rows.js';
import { printClaim } from './store-claim.js';
import { examineStore, readBoth, requireExplained, writeOwnClaim, type Examined } from './store-examination.js';
import { StoreRefused, type StorePlaces } from './store-refusal.js';
import { StoreRoomMemory } from './store-room.js';

/** How often a process looks whose store it is, and how often the claim is raised (DESIGN.md, section 9.1). */
const LOOK_EVERY_MS = 10_000;
const RAISE_EVERY_SECONDS = 60;
/** Deletions within this time of a raise are one run. */
const RUN_SECONDS = 10;
/** Less than this is worth no line in a log. */
export const TOLD_OFFSET_SECONDS = 30;
/** Longer than the few requests of one raise may take, each of which ends within 2 s. */
const LEASE_SECONDS = 30;

/** `UNASKED`: the store has not answered yet. `OURS`: all is well. `STRANGE`: it has become somebody else's under us. */
export type StoreStanding = 'UNASKED' | 'OURS' | 'STRANGE';

/** What the operator decides about guarding the store. */
export interface StoreGuarding {
  readonly places: StorePlaces;
  /** How long a fresh process neither raises the claim nor deletes, in seconds. */
  readonly settleSeconds: number;
}

export interface StoreGuardUse extends Examined, StoreGuarding {
  readonly clock: Clock;
}

/**
 * Keeps a process from touching files that are not its database's: examines the store at start, raises the claim every
 * minute, and stops deleting as soon as somebody else does too. A fresh process that meets this ends.
 */
export class StoreGuard {
  /** Whether there was room for what was written last. */
  readonly room: StoreRoomMemory;
  #standing: StoreStanding = 'UNASKED';
  #reason: string | null = null;
  #isClockOff = false;
  #refusal: StoreRefused | null = null;
  /** Since when the store has answered. */
  #askedAt = Number.POSITIVE_INFINITY;
  #confirmedAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | null = null;
  #raising: { readonly youngest: number; readonly ended: Promise<void> } | null = null;
  readonly #onOurs: (() => void)[] = [];
  #onRefused: (refusal: StoreRefused) => void = () => undefined;

  constructor(private readonly use: StoreGuardUse) {
    this.room = new StoreRoomMemory(use.store, () => this.#now());
  }

  get standing(): StoreStanding {
    return this.#standing;
  }

  /** What the operator must know while deleting is stopped; null while all is well. */
  get reason(): string | null {
    return this.#reason;
  }

  /** Whether this process has run long enough to know of a clone beside it. */
  get isSettled(): boolean {
    return this.#now() - this.#askedAt >= this.use.settleSeconds * 1_000;
  }

  /** Whether objects may be deleted at present; `confirm` asks the store itself. */
  get mayDiscard(): boolean {
    return this.#standing === 'OURS' && this.isSettled;
  }

  /** The first look. A store that cannot be asked leaves everything waiting. @throws StoreRefused */
  async open(): Promise<void> {
    try {
      await this.requireAsked();
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      this.use.log.error({ err: error }, 'the file store cannot be used; nothing is uploaded or deleted until it can');
    }
  }

  /** Waits until it is known whose store it is. @throws StorageFault while it cannot be asked */
  async requireAsked(): Promise<void> {
    if (this.#standing !== 'UNASKED') return;
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    try {
      await this.#asking;
    } catch (error) {
      if (error instanceof StoreRefused) this.#onRefused(error);
      if (error instanceof StorageFault) this.#reason = error.message;
      throw error;
    }
  }

  /** Whose the store is, and whether it lets us do all that we need (DESIGN.md, section 9.4). */
  async #ask(): Promise<void> {
    this.room.begin();
    await examineStore(this.use);
    await this.use.store.tryOut().catch((error: unknown) => {
      // Only deleting makes room, and downloads go on.
      if (!(error instanceof StorageFault) || error.reason !== 'FULL') throw error;
      this.use.log.warn('the file store is full');
    });
    this.#tellClock();
    this.#askedAt = Math.min(this.#askedAt, this.#now());
    if (this.#standing !== 'UNASKED') return;
    if (this.#reason !== null) this.use.log.info('the file store answers now, and is used');
    this.#become('OURS', null);
    this.#onOurs.splice(0).forEach((tell) => tell());
  }

  /** Resolves as soon as the store is known to be ours. */
  whenOurs(): Promise<void> {
    return this.#standing === 'UNASKED' ? new Promise((resolve) => this.#onOurs.push(resolve)) : Promise.resolve();
  }

  /** Looks again and again. @param onRefused what a process does that must end @returns stops looking */
  watch(onRefused: (refusal: StoreRefused) => void): () => void {
    this.#onRefused = onRefused;
    const timer = setInterval(() => void this.look().catch((error: unknown) => this.#tell(error)), LOOK_EVERY_MS).unref();
    return () => clearInterval(timer);
  }

  /** One look; a process that has run long enough raises the claim with it, when a minute has gone since the last time. */
  async look(): Promise<void> {
    if (this.#standing === 'UNASKED') return this.requireAsked();
    if (this.isSettled) await this.#raise(RAISE_EVERY_SECONDS);
    else await this.#compare();
    this.#tellClock();
  }

  /** Makes sure that the store is ours at this moment, before objects are deleted. @throws StorageFault when it is not */
  async confirm(): Promise<void> {
    await this.requireAsked();
    if (!this.isSettled) throw new StorageFault('FAILED', 'This process has just started: a clone of its database may still show itself.');
    const age = this.#now() - this.#confirmedAt;
    if (this.#standing !== 'OURS' || age < 0 || age >= RUN_SECONDS * 1_000) await this.#raise(RUN_SECONDS);
    if (this.#standing !== 'OURS') throw new StorageFault('FAILED', this.#reason ?? 'The file store is not ours.');
  }

  /** Joins a raise under way, unless that one is content with an older claim. @param youngest the age, in seconds, from which on a claim is raised */
  async #raise(youngest: number): Promise<void> {
    while (this.#raising && this.#raising.youngest > youngest) await this.#raising.ended.catch(() => undefined);
    this.#raising ??= { youngest, ended: this.#raiseOnce(youngest).finally(() => (this.#raising = null)) };
    await this.#raising.ended;
  }

  async #raiseOnce(youngest: number): Promise<void> {
    const lease = await leaseClaim(this.use, LEASE_SECONDS, youngest);
    try {
      await this.#compare();
      if (this.#standing !== 'OURS') return;
      if (lease) await this.#writeRaised(lease);
      // Of two copies that raise in the same instant, the one whose claim was written over finds out here.
      if (lease) await this.#compare();
      if (this.#standing === 'OURS') this.#confirmedAt = this.#now();
    } finally {
      if (lease) await releaseClaim(this.use, lease.token);
    }
  }

  /** Raises the claim, database first. A full store keeps the old one: only deleting from it makes room. */
  async #writeRaised(lease: ClaimLease): Promise<void> {
    const { store } = this.use;
    try {
      // When a process died between the two writes, the store first catches up: it is never more than one behind.
      await writeOwnClaim(this.use);
      const raised = printClaim(await raiseOwnClaim(this.use, lease.token));
      // A process that was frozen in between must not write over what others have raised since.
      if (performance.now() - lease.takenAt > (LEASE_SECONDS * 1_000) / 2)
        throw new StorageFault('FAILED', 'Raising the claim took too long.');
      await store.writeClaim(raised);
      this.room.wroteClaim();
    } catch (error) {
      if (!(error instanceof StorageFault && error.reason === 'FULL')) throw error;
      this.use.log.warn('the file store is full: the claim to it was not written');
    }
  }

  /** Reads what store and database say, twice when they differ: the claim may be raised in between. */
  async #compare(): Promise<void> {
    try {
      await this.#requireOurs().catch((error: unknown) => {
        if (error instanceof StoreRefused) return this.#requireOurs();
        throw error;
      });
      this.#become('OURS', null);
    } catch (error) {
      if (!(error instanceof StoreRefused)) throw error;
      this.#refusal = error;
      this.#become('STRANGE', error.message);
      if (!this.isSettled) this.#onRefused(error);
    }
  }

  async #requireOurs(): Promise<void> {
    const { own, found } = await readBoth(this.use);
    // The id was lost while we run: as at a start. A process that is a stranger here does not make the store its own by that.
    if (!found && this.#standing === 'STRANGE') throw this.#refusal ?? new Error('The file store says nothing of whose it is.');
    if (!found) return examineStore(this.use);
    requireExplained(this.use, own, found);
  }

  #become(standing: StoreStanding, reason: string | null): void {
    if (standing === 'STRANGE' && this.#standing !== 'STRANGE')
      this.use.log.error({ reason }, 'the file store and the database do not belong together any more; nothing is deleted');
    if (standing === 'OURS' && this.#standing === 'STRANGE') this.use.log.info('the file store is ours again');
    this.#standing = standing;
    this.#reason = reason;
  }

  /** Logs once that a clock is off, and once more when it is right again. */
  #tellClock(): void {
    const storeAheadSeconds = this.use.store.clockOffsetSeconds;
    const isOff = Math.abs(storeAheadSeconds) >= TOLD_OFFSET_SECONDS;
    if (isOff && !this.#isClockOff)
      this.use.log.warn(
        { storeAheadSeconds },
        'the clock of this machine is not that of the file store; URLs are signed with the time of the store',
      );
    if (!isOff && this.#isClockOff) this.use.log.info('the clock of this machine and that of the file store agree again');
    this.#isClockOff = isOff;
  }

  #tell(error: unknown): void {
    if (!(error instanceof StoreRefused)) this.use.log.warn({ err: error }, 'the file store could not be asked whose it is');
  }

  #now(): number {
    return this.use.clock.now().getTime();
  }
}

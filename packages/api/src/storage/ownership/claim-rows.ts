import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import { newId } from '../../kernel/ids.js';
import { databaseNow } from '../../machinery/jobs/job-queue.js';
import { Installation, THIS_INSTALLATION } from './installation.entity.js';
import { BASE_STORE } from './object-rows.js';
import type { OwnClaim } from './store-claim.js';

/** A store of this database; without an id, the base store. */
export interface ClaimPlace {
  readonly database: Database;
  readonly storeId?: string;
}

/** The row of the base store has the name from when there was one store. */
const nameOf = ({ storeId = BASE_STORE }: Pick<ClaimPlace, 'storeId'>) => ({ name: storeId === BASE_STORE ? THIS_INSTALLATION : storeId });

/** What this database says of itself; null when it never claimed a store. */
export function findOwnClaim(place: ClaimPlace): Promise<OwnClaim | null> {
  return place.database.read.findOneBy(Installation, nameOf(place));
}

/** This database's id and claim, made when there is none; of two processes that start together both get the same. */
export function getOwnClaim(place: ClaimPlace): Promise<OwnClaim> {
  return place.database.transaction(async (tx) => {
    // All stores of a database are one installation's.
    const [known] = await tx.query<{ installation_id: string }>('SELECT installation_id FROM installation ORDER BY claimed_at LIMIT 1');
    await tx.insertIfAbsent('installation', {
      ...nameOf(place),
      installation_id: known?.installation_id ?? newId(),
      claim: 1,
      claim_token: newId(),
      claimed_at: toSqlInstant(await databaseNow(tx)),
    });
    return tx.manager.findOneByOrFail(Installation, nameOf(place));
  });
}

/** The right to raise the claim; `takenAt` by this process's steady clock, in milliseconds. */
export interface ClaimLease {
  readonly token: string;
  readonly takenAt: number;
}

/** Takes the right to raise the claim, for a while; null while another process has it or when it was raised a moment ago. @param youngest age in seconds below which it is not raised again */
export async function leaseClaim(place: ClaimPlace, seconds: number, youngest: number): Promise<ClaimLease | null> {
  const takenAt = performance.now();
  const leased = await place.database.transaction(async (tx) => {
    const row = await tx.lock(Installation, nameOf(place));
    const now = (await databaseNow(tx)).getTime();
    if (!row || (row.leaseUntil !== null && row.leaseUntil.getTime() > now)) return null;
    if (row.previousToken !== null && now - row.claimedAt.getTime() < youngest * 1_000) return null;
    const token = newId();
    await tx.manager.update(Installation, nameOf(place), { leaseToken: token, leaseUntil: new Date(now + seconds * 1_000) });
    return token;
  });
  return leased === null ? null : { token: leased, takenAt };
}

/** Gives the right back. */
export async function releaseClaim(place: ClaimPlace, token: string): Promise<void> {
  await place.database.transaction((tx) =>
    tx.manager.update(Installation, { ...nameOf(place), leaseToken: token }, { leaseToken: null, leaseUntil: null }),
  );
}

/** Raises the claim by one under a lease. @throws Error when the lease was lost meanwhile */
export function raiseOwnClaim(place: ClaimPlace, token: string): Promise<OwnClaim> {
  return place.database.transaction(async (tx) => {
    const row = await tx.lock(Installation, nameOf(place));
    if (row?.leaseToken !== token) throw new Error('The lease for raising the claim was lost.');
    return setClaim(tx, row, row.claim + 1);
  });
}

/** Sets the claim past everything that was seen, for `adopt-store`. @param beyond the claim in the store */
export function outbidClaim(place: ClaimPlace, installationId: string | null, beyond: number): Promise<OwnClaim> {
  return place.database.transaction(async (tx) => {
    const row = await tx.lock(Installation, nameOf(place));
    if (!row) throw new Error('The installation has no row yet.');
    const adopted = { ...row, installationId: installationId ?? row.installationId };
    await tx.manager.update(Installation, nameOf(place), { installationId: adopted.installationId, leaseToken: null, leaseUntil: null });
    return setClaim(tx, adopted, Math.max(row.claim, beyond) + 1);
  });
}

async function setClaim(tx: Transaction, row: Installation, claim: number): Promise<OwnClaim> {
  const raised = { claim, claimToken: newId(), previousToken: row.claimToken };
  await tx.manager.update(Installation, { name: row.name }, { ...raised, claimedAt: await databaseNow(tx) });
  return { installationId: row.installationId, ...raised };
}

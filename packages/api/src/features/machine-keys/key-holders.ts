import type { Database } from '../../database/database.js';
import { fromSqlInstantOrNull, toSqlInstant } from '../../database/instants.js';
import type { LicenseActor, LicenseOwner, MachineActor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import { asMachineKey } from '../../kernel/secret/machine-key.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import { licensedProductsSql, readLicensedProducts } from '../licenses/license-rows.js';
import type { LicenseService } from '../licenses/license.service.js';
import { hashMachineKey } from './machine-key.rules.js';

/** Last use is written at most this often, as for sessions. */
const SEEN_EVERY_SECONDS = 60;

interface KeyRow {
  readonly id: string;
  readonly customer_id: string;
  readonly license_id: string | null;
  readonly expires_at: string | Date | null;
  readonly last_used_at: string | Date | null;
  readonly revoked_at: string | Date | null;
  readonly erased_at: string | Date | null;
  readonly licensed: string | null;
}

const FIND_KEY = `
  SELECT k.id, k.customer_id, k.license_id, k.expires_at, k.last_used_at, k.revoked_at, c.erased_at,
    CASE WHEN k.license_id IS NULL THEN ${licensedProductsSql('k.customer_id')} ELSE l.product_id END AS licensed
  FROM machine_key k JOIN customer c ON c.id = k.customer_id LEFT JOIN license l ON l.id = k.license_id WHERE k.key_hash = ?`;

export interface KeyHoldersUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly licenses: LicenseService;
}

/** Finds out who holds a key, be it of a license or of a machine: whatever takes the one takes the other. */
export class KeyHolders {
  constructor(private readonly use: KeyHoldersUse) {}

  /**
   * Who holds this key; null: nobody, or not any more. Machine keys cannot be guessed, so that right ones always pass, and ended
   * ones are no guesses. @param address from where the key came; wrong keys are counted against it, null: against none
   * @throws PublicFault UNAUTHENTICATED, RATE_LIMITED as `LicenseService.findByKey`
   */
  async find(key: string, address: string | null): Promise<LicenseActor | MachineActor | null> {
    const row = await this.#findMachineKey(key);
    if (row) return this.#machine(row);
    const license = await this.use.licenses.findByKey(key, address);
    if (!license) return null;
    const { id: licenseId, customerId, productId } = license;
    return { kind: 'LICENSE', licenseId, sessionId: null, customerId, licensedProductIds: [productId] };
  }

  async #findMachineKey(typed: string): Promise<KeyRow | null> {
    const key = asMachineKey(typed);
    if (key === null) return null;
    const [row] = await this.use.database.query<KeyRow>(FIND_KEY, [hashMachineKey(this.use.secrets, key)]);
    return row ?? null;
  }

  async #machine(row: KeyRow): Promise<MachineActor | null> {
    const now = this.use.clock.now();
    const expiresAt = fromSqlInstantOrNull(row.expires_at);
    if (row.revoked_at !== null || row.erased_at !== null || (expiresAt !== null && expiresAt <= now)) return null;
    await this.#touch(row, now);
    const owner: LicenseOwner = { customerId: row.customer_id, licenseId: row.license_id };
    return { kind: 'MACHINE', machineKeyId: row.id, ...owner, licensedProductIds: readLicensedProducts(row.licensed) };
  }

  async #touch({ id, last_used_at }: KeyRow, now: Date): Promise<void> {
    const lastUsedAt = fromSqlInstantOrNull(last_used_at);
    if (lastUsedAt && now.getTime() - lastUsedAt.getTime() < SEEN_EVERY_SECONDS * 1_000) return;
    const used = [toSqlInstant(now), id];
    await this.use.database.transaction((tx) => tx.execute('UPDATE machine_key SET last_used_at = ? WHERE id = ?', used));
  }
}

import { emailKey } from '@slipway/shared';
import { fromSqlInstant, toSqlInstant } from '../../database/instants.js';
import { oneOf, type Transaction } from '../../database/transaction.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import { databaseNow } from '../jobs/job-queue.js';

/** What is known of an address that a server refused. */
export interface Refused {
  readonly since: Date;
  /** The last words of the server. */
  readonly answer: string;
}

type Reader = Pick<Transaction, 'query'>;

/** The hash under which something is kept about an address, whoever has it and however it is spelt: nobody can be read from it. */
export const addressHash = (secrets: Secrets, address: string): string => secrets.lookupHash('mail-address', emailKey(address));

/** Remembers addresses that servers refuse for good, so that nobody is written to in vain. */
export class RefusedAddresses {
  constructor(private readonly secrets: Secrets) {}

  /** Writes down that a server refused an address; the first time counts. */
  async mark(tx: Transaction, address: string, answer: string): Promise<void> {
    const row = {
      address_hash: addressHash(this.secrets, address),
      since: toSqlInstant(await databaseNow(tx)),
      answer: withoutAddresses(answer),
    };
    await tx.insertIfAbsent('refused_address', row);
  }

  /** A mail arrived, or somebody says that the address is right. */
  async clear(tx: Transaction, address: string): Promise<void> {
    await tx.execute('DELETE FROM refused_address WHERE address_hash = ?', [addressHash(this.secrets, address)]);
  }

  /** Those of some addresses that were refused. */
  async refused(tx: Reader, addresses: readonly string[]): Promise<Map<string, Refused>> {
    const hashes = new Map(addresses.map((address) => [address, addressHash(this.secrets, address)]));
    const { sql, parameters } = oneOf('address_hash', [...new Set(hashes.values())]);
    const rows = await tx.query<{ address_hash: string; since: string | Date; answer: string }>(
      `SELECT address_hash, since, answer FROM refused_address WHERE ${sql}`,
      parameters,
    );
    const known = new Map(rows.map((row) => [row.address_hash, { since: fromSqlInstant(row.since), answer: row.answer }]));
    return new Map(
      [...hashes].flatMap(([address, hash]) => {
        const found = known.get(hash);
        return found ? [[address, found] as const] : [];
      }),
    );
  }
}

/** Servers like to repeat whom they refuse. */
const withoutAddresses = (answer: string): string => answer.replaceAll(/<?[^\s<>]+@[^\s<>]+>?/g, '(address)');

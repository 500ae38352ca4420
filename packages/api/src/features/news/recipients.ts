import { oneOf, type Transaction } from '../../database/transaction.js';

/** Whom a customer's mail goes to. */
export interface Recipient {
  readonly customerId: string;
  /** The person's account; null: the customer's own address, since nobody there has one. */
  readonly userId: string | null;
  readonly address: string;
  readonly name: string;
}

interface Row {
  readonly customer_id: string;
  readonly user_id: string | null;
  readonly email: string;
  readonly name: string;
}

/** The people of some customers; of a customer without any, its own address. Erased customers have neither. */
export async function recipientsOf(tx: Pick<Transaction, 'query'>, customerIds: readonly string[]): Promise<Recipient[]> {
  const { sql, parameters } = oneOf('c.id', customerIds);
  const rows = await tx.query<Row>(
    `SELECT c.id AS customer_id, u.id AS user_id, COALESCE(u.email, c.email) AS email, COALESCE(u.name, c.name) AS name
     FROM customer c LEFT JOIN user_account u ON u.customer_id = c.id AND u.disabled_at IS NULL
     WHERE ${sql} AND c.erased_at IS NULL ORDER BY c.id, u.id`,
    parameters,
  );
  return rows.map((row) => ({ customerId: row.customer_id, userId: row.user_id, address: row.email, name: row.name }));
}

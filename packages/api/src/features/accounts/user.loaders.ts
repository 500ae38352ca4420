import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import type { LoaderDefinition } from '../../kernel/context.js';
import { groupBy } from '../../kernel/grouping.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { UserAccount } from './user-account.entity.js';

/** SQLite takes 500 parts of a UNION. */
const PARTS = { maxBatchSize: 100 };
/** A customer's limit counts the accounts that are not disabled: they come whole, and disabled ones fill the rest. */
const PART = `SELECT id FROM user_account WHERE customer_id = ?
  ORDER BY CASE WHEN disabled_at IS NULL THEN 0 ELSE 1 END, email_key LIMIT ${LIMITS.peoplePerCustomer.most}`;

/** The accounts of customers, one statement per request and hundred. */
export const usersByCustomer = (database: Database): LoaderDefinition<string, readonly UserAccount[]> => ({
  name: 'usersByCustomer',
  make: () =>
    new DataLoader(async (customerIds) => {
      const parts = customerIds.map((_, index) => `SELECT * FROM (${PART}) AS part${index}`);
      const ids = await database.query<{ id: string }>(parts.join(' UNION ALL '), [...customerIds]);
      const rows = await database.read.find(UserAccount, { where: { id: In(ids.map((row) => row.id)) }, order: { emailKey: 'ASC' } });
      return customerIds.map(groupBy(rows, (row) => row.customerId ?? ''));
    }, PARTS),
});

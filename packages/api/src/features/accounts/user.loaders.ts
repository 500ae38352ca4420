import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import type { LoaderDefinition } from '../../kernel/context.js';
import { groupBy } from '../../kernel/grouping.js';
import { UserAccount } from './user-account.entity.js';

/** The accounts of customers, one statement per request. */
export const usersByCustomer = (database: Database): LoaderDefinition<string, readonly UserAccount[]> => ({
  name: 'usersByCustomer',
  make: () =>
    new DataLoader(async (customerIds) => {
      const rows = await database.read.find(UserAccount, { where: { customerId: In([...customerIds]) }, order: { emailKey: 'ASC' } });
      return customerIds.map(groupBy(rows, (row) => row.customerId ?? ''));
    }),
});

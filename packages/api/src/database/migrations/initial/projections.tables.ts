import type { QueryRunner } from 'typeorm';
import { code, createTable, date, id, int, text } from '../../ddl.js';

/** What `project` and `writeTerms` derive, so that lists read and search one index: written again by `rebuild`. */
export async function createProjectionTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'downloadable_counter', {
    columns: { product_id: id, status: code(16), total: int },
    primary: ['product_id', 'status'],
  });
  await createTable(runner, 'search_term', { columns: { term: text(40) }, primary: ['term'] });
  await createTable(runner, 'downloadable_term', {
    columns: { term: text(40), sort_date: date, downloadable_id: id },
    primary: ['term', 'sort_date', 'downloadable_id'],
    indexes: { ix_downloadable_term_owner: ['downloadable_id'] },
    references: { downloadable_id: 'downloadable' },
  });
  await createTable(runner, 'release_target', {
    columns: { product_id: id, channel: code(32), platform: code(16), version_key: code(255), downloadable_id: id },
    primary: ['product_id', 'channel', 'platform', 'version_key'],
    indexes: { ix_release_target_owner: ['downloadable_id'] },
    references: { downloadable_id: 'downloadable' },
  });
  await createTable(runner, 'customer_term', {
    columns: { term: text(80), customer_id: id },
    primary: ['term', 'customer_id'],
    indexes: { ix_customer_term_customer: ['customer_id', 'term'] },
    references: { customer_id: 'customer' },
  });
}

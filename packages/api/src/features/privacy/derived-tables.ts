import type { TableData } from './erased-people.js';

/** What `project` writes of releases: nobody is in it. */
export const DERIVED_TABLES: Readonly<Record<string, TableData>> = {
  downloadable_counter: { plain: 'product_id status total' },
  downloadable_term: { plain: 'term sort_date downloadable_id' },
  search_term: { plain: 'term' },
  release_target: { plain: 'product_id channel platform version_key downloadable_id' },
  version_ceiling: { plain: 'product_id channel first_release_date version_key' },
  revision_files: { plain: 'revision_id files' },
  update_target: { plain: 'product_id platform architecture channel version_key downloadable_id first_release_date' },
};

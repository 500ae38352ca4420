import type { QueryRunner } from 'typeorm';
import { code, bytes, createTable, date, flag, id, instant, int, longText, nullable, text } from '../../ddl.js';

/** Products, downloadables, revisions, assets and the rows derived from them. */
export async function createReleaseTables(runner: QueryRunner): Promise<void> {
  await createProductTables(runner);
  await createDownloadableTables(runner);
  await createAssetTables(runner);
  await createDerivedTables(runner);
}

async function createProductTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'product', {
    columns: {
      id,
      slug: code(64),
      name: text(100),
      name_key: text(200),
      description: nullable(text(2_000)),
      version_scheme: code(16),
      distribution: code(16),
      archived_at: nullable(instant),
      created_at: instant,
      updated_at: instant,
    },
    primary: ['id'],
    indexes: { ix_product_name: ['name_key', 'id'], ix_product_distribution: ['distribution', 'id'] },
    uniques: { ux_product_slug: ['slug'] },
  });
  await createTable(runner, 'product_channel', {
    columns: { product_id: id, name: code(32), position: int, includes: code(700) },
    primary: ['product_id', 'name'],
    references: { product_id: 'product' },
  });
}

async function createDownloadableTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'downloadable', {
    columns: {
      id,
      product_id: id,
      version: code(100),
      version_key: code(255),
      status: code(16),
      lock_version: int,
      live_revision_id: nullable(id),
      draft_revision_id: nullable(id),
      publish_when_ready: flag,
      first_release_date: nullable(date),
      published_at: nullable(instant),
      created_at: instant,
      updated_at: instant,
      name: nullable(text(200)),
      channel: code(32),
      release_date: nullable(date),
      sort_date: date,
      changelog_excerpt: text(300),
      asset_count: int,
      platforms: code(80),
      counted_status: nullable(code(16)),
    },
    primary: ['id'],
    indexes: {
      ix_downloadable_date: ['sort_date', 'id'],
      ix_downloadable_product_date: ['product_id', 'sort_date', 'id'],
      ix_downloadable_status_date: ['status', 'sort_date', 'id'],
      ix_downloadable_product_status_date: ['product_id', 'status', 'sort_date', 'id'],
      ix_downloadable_version: ['version_key', 'id'],
      ix_downloadable_created: ['created_at', 'id'],
    },
    uniques: { ux_downloadable_product_version: ['product_id', 'version_key'] },
    references: { product_id: 'product' },
  });
  await createTable(runner, 'revision', {
    columns: {
      id,
      downloadable_id: id,
      number: int,
      name: nullable(text(200)),
      channel: code(32),
      changelog: longText,
      release_date: nullable(date),
      frozen_at: nullable(instant),
      created_at: instant,
    },
    primary: ['id'],
    uniques: { ux_revision_number: ['downloadable_id', 'number'] },
    references: { downloadable_id: 'downloadable' },
  });
}

async function createAssetTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'stored_object', {
    columns: {
      id,
      object_key: code(80),
      upload_id: nullable(code(1_024)),
      part_size: bytes,
      declared_size: bytes,
      declared_sha256: nullable(code(64)),
      size: nullable(bytes),
      sha256: nullable(code(64)),
      sha512: nullable(code(128)),
      state: code(16),
      failure_code: nullable(code(40)),
      expires_at: nullable(instant),
      created_at: instant,
    },
    primary: ['id'],
    indexes: { ix_stored_object_state: ['state', 'expires_at'] },
    uniques: { ux_stored_object_key: ['object_key'] },
  });
  await createTable(runner, 'asset', {
    columns: {
      id,
      revision_id: id,
      file_name: code(200),
      file_name_key: code(200),
      type: code(16),
      platform: code(16),
      architecture: nullable(code(16)),
      stored_object_id: id,
      created_at: instant,
    },
    primary: ['id'],
    indexes: { ix_asset_stored_object: ['stored_object_id'] },
    uniques: { ux_asset_file_name: ['revision_id', 'file_name_key'] },
    references: { revision_id: 'revision', stored_object_id: 'stored_object' },
  });
}

async function createDerivedTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'downloadable_counter', {
    columns: { product_id: code(26), status: code(16), total: int },
    primary: ['product_id', 'status'],
  });
  await createTable(runner, 'search_term', { columns: { term: text(40) }, primary: ['term'] });
  await createTable(runner, 'downloadable_term', {
    columns: { term: text(40), sort_date: date, downloadable_id: id },
    primary: ['term', 'sort_date', 'downloadable_id'],
    indexes: { ix_downloadable_term_owner: ['downloadable_id'] },
    references: { downloadable_id: 'downloadable' },
  });
}

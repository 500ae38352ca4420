import type { Database } from '../../../database/database.js';
import { findByIds } from '../../../database/entity-rows.js';
import type { RequestContext } from '../../../kernel/context.js';
import { mayUse } from '../../../kernel/policy.js';
import { Refusal } from '../../../kernel/problem/refusal.js';
import { toCsv, type CsvCell } from '../../../kernel/text/csv.js';
import { Customer } from '../../customers/customer.entity.js';
import { Product } from '../../products/product.entity.js';
import { CELLS, type LicenseRow } from './license-cells.js';
import { LICENSE_COLUMNS, type LicenseColumn } from './license-columns.js';
import { LicenseListArgs, type LicenseFilter } from '../license-filter.js';
import type { LicenseList } from '../license-list.js';
import type { License } from '../license.entity.js';
import type { LicenseService } from '../license.service.js';

/** Licenses that are read at a time. */
const AT_ONCE = 100;

export interface LicenseExportUse {
  readonly database: Database;
  readonly licenseList: LicenseList;
  readonly licenses: LicenseService;
}

export interface WantedExport {
  readonly filter: LicenseFilter;
  readonly withKeys: boolean;
}

type Line = readonly CsvCell[];

/** Every license that a filter lists, as CSV, a batch at a time: memory does not grow with it. */
export async function* exportLicenses(use: LicenseExportUse, context: RequestContext, wanted: WantedExport): AsyncGenerator<string> {
  let isFirst = true;
  for await (const licenses of batchesOf(use, context, wanted.filter)) {
    const lines = await linesOf(use, context, { licenses, withKeys: wanted.withKeys });
    const head = isFirst ? [columnsOf(wanted.withKeys)] : [];
    isFirst = false;
    yield toCsv([...head, ...lines]);
  }
  if (isFirst) yield toCsv([columnsOf(wanted.withKeys)]);
}

async function* batchesOf(
  { licenseList }: LicenseExportUse,
  context: RequestContext,
  filter: LicenseFilter,
): AsyncGenerator<readonly License[]> {
  for (let after: string | null = null; ;) {
    const args: LicenseListArgs = Object.assign(new LicenseListArgs(), filter, { first: AT_ONCE, after });
    const { nodes, pageInfo } = await licenseList.list(context, args);
    if (nodes.length > 0) yield nodes;
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

interface Batch {
  readonly licenses: readonly License[];
  readonly withKeys: boolean;
}

async function linesOf(use: LicenseExportUse, context: RequestContext, { licenses, withKeys }: Batch): Promise<readonly Line[]> {
  const idsOf = (of: (license: License) => string): string[] => [...new Set(licenses.map(of))];
  const customers = new Map(
    (
      await findByIds(
        use.database,
        Customer,
        idsOf((one) => one.customerId),
      )
    ).map((row) => [row.id, row]),
  );
  const products = new Map(
    (
      await findByIds(
        use.database,
        Product,
        idsOf((one) => one.productId),
      )
    ).map((row) => [row.id, row]),
  );
  const lines: Line[] = [];
  for (const license of licenses) {
    const key = withKeys ? await keyOf(use, context, license) : '';
    const [customer, product] = [customers.get(license.customerId) ?? NOBODY, products.get(license.productId) ?? { slug: '' }];
    lines.push(lineOf({ license, customer, product, key }, withKeys));
  }
  return lines;
}

/** The key, written down as every look at one is; empty where there is none any more, or it is not theirs to write. */
async function keyOf({ licenses }: LicenseExportUse, context: RequestContext, { id, productId }: License): Promise<string> {
  if (!mayUse(context.actor, 'license:write', productId)) return '';
  try {
    return (await licenses.reveal(context, id)).key;
  } catch (error) {
    if (error instanceof Refusal) return '';
    throw error;
  }
}

const NOBODY = { email: '', name: '', company: null };
const columnsOf = (withKeys: boolean): readonly LicenseColumn[] => LICENSE_COLUMNS.filter((name) => withKeys || name !== 'key');
const lineOf = (row: LicenseRow, withKeys: boolean): Line => columnsOf(withKeys).map((name) => CELLS[name](row));

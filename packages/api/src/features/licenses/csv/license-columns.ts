/** The columns of licenses as a file, in their order: the export writes them all, the import reads those that say what is wanted. */
export const LICENSE_COLUMNS = [
  'email',
  'name',
  'company',
  'product',
  'key',
  'keyEnding',
  'status',
  'starts',
  'expires',
  'expiryPolicy',
  'updatesUntil',
  'channels',
  'versionRange',
  'platforms',
  'maxDownloads',
  'downloadsUsed',
  'lastDownload',
  'externalReference',
  'tags',
  'notes',
  'created',
  'id',
] as const;
export type LicenseColumn = (typeof LICENSE_COLUMNS)[number];

/** What Slipway writes down by itself. */
const TOLD = ['keyEnding', 'downloadsUsed', 'lastDownload', 'created', 'id'] as const;
export type ImportColumn = Exclude<LicenseColumn, (typeof TOLD)[number]>;

export const isImported = (column: LicenseColumn): column is ImportColumn => !TOLD.some((one) => one === column);

/** What else people and other systems call a column, without blanks and signs. */
const OTHER_NAMES: Readonly<Record<string, ImportColumn>> = {
  customeremail: 'email',
  emailaddress: 'email',
  customer: 'name',
  customername: 'name',
  productslug: 'product',
  licensekey: 'key',
  startsat: 'starts',
  start: 'starts',
  expiresat: 'expires',
  expiry: 'expires',
  updates: 'updatesUntil',
  reference: 'externalReference',
  downloadlimit: 'maxDownloads',
};

const spelled = (header: string): string => header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The column that a header means; null when it means none that is imported. */
export function columnOf(header: string): ImportColumn | null {
  const spelling = spelled(header);
  const column = LICENSE_COLUMNS.find((one) => spelled(one) === spelling) ?? OTHER_NAMES[spelling];
  return column !== undefined && isImported(column) ? column : null;
}

/** Lists in a cell: what separates their entries when they are written. None of these can be in an entry. */
export const WORDS = ' ';
export const TAGS = ', ';

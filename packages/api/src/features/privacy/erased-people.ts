import { oneOf, type SqlPart, type SqlValue } from '../../database/transaction.js';

/** Whose data is erased: every ID under which something of theirs may be kept. */
export interface ErasedPeople {
  readonly customerId: string;
  readonly userIds: readonly string[];
  readonly licenseIds: readonly string[];
  /** In small letters. */
  readonly emails: readonly string[];
  readonly at: string;
}

/** What stands in a column afterwards. */
type Replacement = SqlValue | ((rowId: string, people: ErasedPeople) => SqlValue);

/** What one table keeps. Every table is here, and every column in one of the two lists: `personal-data.test.ts` reads the schema. */
export interface TableData {
  /** Columns that tell or may tell who somebody is, and what replaces them in the rows of `of`. */
  readonly personal?: Readonly<Record<string, Replacement>>;
  /** Columns of those rows that end what the person could do. */
  readonly ended?: Readonly<Record<string, Replacement>>;
  /** Columns that tell of no person: ids, times, numbers, codes, and what the vendor publishes or sets. Apart by spaces. */
  readonly plain: string;
  /** Which rows belong to somebody. */
  readonly of?: (people: ErasedPeople) => SqlPart;
  /** Of the rows that `of` finds, those that are meant; all when absent. */
  readonly isMeant?: (row: Readonly<Record<string, unknown>>, people: ErasedPeople) => boolean;
  /** The rows go as a whole. */
  readonly isRemoved?: true;
  /** Why personal columns are not replaced here. */
  readonly otherwise?: string;
}

/** An address that nobody has and no other row has. */
export const erasedEmail = (id: string): string => `erased-${id.toLowerCase()}@erased.invalid`;
export const ERASED_CUSTOMER = 'Erased customer';

export const either = (...parts: readonly SqlPart[]): SqlPart => ({
  sql: parts.map(({ sql }) => `(${sql})`).join(' OR '),
  parameters: parts.flatMap(({ parameters }) => parameters),
});

/** Texts that staff typed and that have one of the addresses in them. */
export const mentioning = (column: string, emails: readonly string[]): SqlPart => {
  const signs = emails.map((email) => `%${email.replace(/[|%_]/g, '|$&')}%`);
  return { sql: emails.map(() => `LOWER(${column}) LIKE ? ESCAPE '|'`).join(' OR ') || '1 = 0', parameters: signs };
};

/** Whether a text has one of the addresses as a whole: `ann@acme.example` does not stand in `joann@acme.example`. */
export function mentionsAddress(text: string, emails: readonly string[]): boolean {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}.@_%+'-]+/u);
  return words.some((word) => emails.includes(word.replace(/^[.'-]+|[.'-]+$/g, '')));
}

export const allIds = ({ customerId, userIds, licenseIds }: ErasedPeople): readonly string[] => [customerId, ...userIds, ...licenseIds];

/** What they asked for, as the logs have it. */
export const ofCaller = ({ customerId, userIds, licenseIds }: ErasedPeople): SqlPart =>
  either(oneOf('customer_id', [customerId]), oneOf('user_id', userIds), oneOf('license_id', licenseIds));

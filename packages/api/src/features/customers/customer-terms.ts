import { asciiEmail } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import type { SqlPart, Transaction } from '../../database/transaction.js';
import { firstCharacters } from '../../kernel/text/first-characters.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { COUNT_CAP } from '../../kernel/pagination.js';
import { fold } from '../../search/fold.js';
import { searchedIn, termsIn } from '../../search/words.js';
import { Customer } from './customer.entity.js';

/** Longest e-mail address that is kept as one word; longer ones are cut, on both sides of a search. */
const TERM_MAX_LENGTH = 80;
/** More words than this narrow a search no further. */
const WORDS_MAX_COUNT = 6;
/** Entries of the word index that one search reads at most, and customers that it finds at most. */
const SCANNED_MAX_COUNT = 10_000;
const FOUND_MAX_COUNT = COUNT_CAP + 1;

const cut = (word: string): string => firstCharacters(word, TERM_MAX_LENGTH);
/** The text after every text that starts with `prefix`, for an index range. */
const endOfPrefix = (prefix: string): string => `${prefix}\u{10ffff}`;

/** The words under which a customer is found, and the whole e-mail address. */
export function termsOf({ name, company, emailKey }: Pick<Customer, 'name' | 'company' | 'emailKey'>): string[] {
  return [...new Set([cut(fold(emailKey)), ...termsIn(`${name} ${company ?? ''} ${emailKey}`)])];
}

/** The words of a search, the longest first: it finds the fewest. An e-mail address is one word. */
export function searchTerms(search: string): string[] {
  const typed = search
    .slice(0, LIMITS.searchText.most)
    .split(/\s+/)
    .flatMap((word) => (word.includes('@') ? [cut(fold(asciiEmail(word)))] : [...searchedIn(word.replace(/[._-]/g, ' '))]));
  return [...new Set(typed)].sort((a, b) => b.length - a.length).slice(0, WORDS_MAX_COUNT);
}

/** Writes a customer's words anew. */
export async function writeTerms(tx: Transaction, customer: Customer): Promise<void> {
  await tx.execute('DELETE FROM customer_term WHERE customer_id = ?', [customer.id]);
  const terms = termsOf(customer);
  await tx.execute(
    `INSERT INTO customer_term (term, customer_id) VALUES ${terms.map(() => '(?, ?)').join(', ')}`,
    terms.flatMap((term) => [term, customer.id]),
  );
}

/** Ids that are read at a time. */
const BATCH = 100;

/** Writes the words of every customer anew, beside a running server. @returns how many customers there are */
export async function rebuildCustomers(database: Database): Promise<number> {
  let [done, last] = [0, ''];
  for (;;) {
    const rows = await database.query<{ id: string }>('SELECT id FROM customer WHERE id > ? ORDER BY id LIMIT ?', [last, BATCH]);
    for (const { id } of rows)
      await database.transaction(async (tx) => {
        const customer = await tx.lock(Customer, { id });
        if (customer) await writeTerms(tx, customer);
      });
    done += rows.length;
    if (rows.length < BATCH) return done;
    last = rows.at(-1)?.id ?? '';
  }
}

/**
 * The ids of the customers that have a word for each word of the search, as a subquery: at most one more than counts show, from at most 10,000
 * entries of the word index. Null when the search has no words.
 */
export function matchingCustomers(search: string): SqlPart | null {
  const [driver, ...others] = searchTerms(search);
  if (driver === undefined) return null;
  const range = (word: string): string[] => [word, endOfPrefix(word)];
  const hasAlso = others.map(
    (_, index) =>
      `AND EXISTS (SELECT 1 FROM customer_term AS o${index} WHERE o${index}.customer_id = t.customer_id AND o${index}.term >= ? AND o${index}.term < ?)`,
  );
  const scan = `SELECT term, customer_id FROM customer_term WHERE term >= ? AND term < ? ORDER BY term, customer_id LIMIT ${SCANNED_MAX_COUNT}`;
  return {
    sql: `SELECT customer_id FROM (SELECT DISTINCT t.customer_id FROM (${scan}) AS t WHERE 1 = 1 ${hasAlso.join(' ')} LIMIT ${FOUND_MAX_COUNT}) AS found`,
    parameters: [driver, ...others].flatMap(range),
  };
}

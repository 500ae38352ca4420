import {
  checkCalendarDate,
  checkEmail,
  DOWNLOAD_LIMIT_WRONG,
  emailKey,
  endOfDay,
  EXPIRY_POLICIES,
  LICENSE_STATUSES,
  PLATFORMS,
  startOfDay,
  STABLE_CHANNEL,
  type LicenseStatus,
} from '@slipway/shared';
import { FieldProblems, refuse } from '../../../kernel/problem/refusal.js';
import { fromCell } from '../../../kernel/text/csv.js';
import type { ImportColumn } from '../csv/license-columns.js';
import type { LicenseTerms } from '../license.rules.js';
import type { ImportHeader } from './csv-file.js';

/** The cells of a line by their columns; those that the file does not have are absent. */
export type Cells = Readonly<Partial<Record<ImportColumn, string>>>;

/** What a line says. Terms that the file has no column for are absent. */
export interface LineValues {
  readonly email: string;
  readonly name: string;
  readonly company: string | null;
  readonly product: string;
  readonly key: string | null;
  readonly status: LicenseStatus | null;
  readonly terms: Partial<LicenseTerms>;
}

/** The cells of a line as they were meant. */
export function cellsOf(header: readonly ImportHeader[], cells: readonly string[]): Cells {
  return Object.fromEntries(
    header.flatMap(({ column }, index) => (column === null ? [] : [[column, fromCell(cells[index] ?? '').trim()] as const])),
  );
}

/** By what a line and another of its file are found to be for the same license: the key, else the reference and product, else all of it. */
export function identityOf(cells: Cells): string {
  if (cells.key) return `key ${cells.key.toUpperCase()}`;
  const product = cells.product?.toLowerCase() ?? '';
  if (cells.externalReference) return `reference ${product} ${cells.externalReference}`;
  const { name: _name, company: _company, ...terms } = cells;
  return `terms ${JSON.stringify({ ...terms, product, email: emailKey(cells.email ?? '') })}`;
}

/** Reads a line. @throws Refusal with the columns that cannot be read, all at once */
export function readValues(cells: Cells, timeZone: string): LineValues {
  const problems = new FieldProblems();
  const read = <T>(column: ImportColumn, how: (text: string) => T): T | undefined => {
    const text = cells[column];
    try {
      return text === undefined ? undefined : how(text);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      problems.add(column, { code: 'VALUE_INVALID', message: error.message });
      return undefined;
    }
  };
  problems.add('email', checkEmail(cells.email ?? ''));
  if (!cells.product) problems.add('product', { code: 'NAME_REQUIRED', message: 'The product is missing: write its slug.' });
  const values = { ...whoOf(cells), status: read('status', statusOf) ?? null, terms: termsOf(read, timeZone) };
  problems.throwIfAny();
  return values;
}

type Read = <T>(column: ImportColumn, how: (text: string) => T) => T | undefined;

/** A cell that says nothing of its column. */
class Unreadable extends Error {}

function whoOf({ email = '', name = '', company = '', product = '', key = '' }: Cells): Omit<LineValues, 'status' | 'terms'> {
  return { email, name, company: company || null, product: product.toLowerCase(), key: key || null };
}

function termsOf(read: Read, timeZone: string): Partial<LicenseTerms> {
  const terms: { readonly [K in keyof LicenseTerms]: LicenseTerms[K] | undefined } = {
    startsAt: read('starts', (text) => instantOf(text, (day) => startOfDay(day, timeZone))),
    expiresAt: read('expires', (text) => instantOf(text, (day) => endOfDay(day, timeZone))),
    expiryPolicy: read('expiryPolicy', (text) => (text === '' ? 'REVOKE' : memberOf(EXPIRY_POLICIES, text))),
    updatesUntil: read('updatesUntil', dayOf),
    channels: read('channels', (text) => (text === '' ? [STABLE_CHANNEL] : wordsOf(text))),
    versionRange: read('versionRange', (text) => text || null),
    platforms: read('platforms', (text) => wordsOf(text).map((word) => memberOf(PLATFORMS, word))),
    maxDownloads: read('maxDownloads', countOf),
    notes: read('notes', (text) => text || null),
    externalReference: read('externalReference', (text) => text || null),
    tags: read('tags', (text) =>
      text
        .split(/[,;]/)
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ''),
    ),
  };
  // What is left is defined.
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined)) as Partial<LicenseTerms>;
}

const wordsOf = (text: string): string[] => text.split(/[\s,;]+/).filter((word) => word !== '');

function memberOf<T extends string>(members: readonly T[], text: string): T {
  const member = members.find((one) => one === text.toUpperCase());
  if (member === undefined) throw new Unreadable(`“${text.slice(0, 40)}” is none of ${members.join(', ')}: write one of them.`);
  return member;
}

const statusOf = (text: string): LicenseStatus | null => (text === '' ? null : memberOf(LICENSE_STATUSES, text));

function dayOf(text: string): string | null {
  if (text !== '' && checkCalendarDate(text) !== null) throw new Unreadable(`“${text.slice(0, 40)}” is no date: write it like 2027-06-30.`);
  return text || null;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** A day, which stands for its beginning or end where the vendor is, or an instant as the export writes it. */
function instantOf(text: string, ofDay: (day: string) => Date): Date | null {
  if (text === '') return null;
  if (checkCalendarDate(text) === null) return ofDay(text);
  const day = INSTANT.exec(text)?.[1];
  const instant = new Date(text.replace(' ', 'T'));
  if (day === undefined || checkCalendarDate(day) !== null || Number.isNaN(instant.getTime()))
    throw new Unreadable(`“${text.slice(0, 40)}” is no date: write it like 2027-06-30 or 2027-06-30T22:00:00Z.`);
  return instant;
}

function countOf(text: string): number | null {
  if (text === '') return null;
  if (!/^\d{1,10}$/.test(text)) throw new Unreadable(DOWNLOAD_LIMIT_WRONG);
  return Number(text);
}

/** None means stable, as stable does. */
export const sameChannels = (one: readonly string[], other: readonly string[]): boolean =>
  (one.join() || STABLE_CHANNEL) === ([...new Set(other)].join() || STABLE_CHANNEL);

/** A line with more cells than the file has columns was cut where a separator stands in a text. @throws Refusal VALUE_INVALID */
export function requireFitting(header: readonly ImportHeader[], cells: readonly string[]): void {
  if (cells.slice(header.length).every((cell) => cell.trim() === '')) return;
  refuse(
    'VALUE_INVALID',
    `This line has ${cells.length} cells and the file has ${header.length} columns: put quotes around texts with a separator in them.`,
  );
}

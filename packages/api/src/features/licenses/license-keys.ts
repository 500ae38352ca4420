import { randomBytes } from 'node:crypto';
import { LIMITS } from '../../kernel/limits/limits.js';
import { asPasted, KEY_VERSION, type Secrets } from '../../kernel/secret/secrets.js';
import { refuse } from '../../kernel/problem/refusal.js';
import type { KeyOrigin, License } from './license.entity.js';

/** Letters and digits that are not mistaken for one another (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 5;
/** 5 groups of 5 characters of 5 bits: 125 bits and more than anyone can guess. */
const GROUP_LENGTH = 5;
const OUR_CHARACTERS = new RegExp(`^[${ALPHABET}]{${GROUPS * GROUP_LENGTH}}$`);
const HINT_LENGTH = 4;
/** Keys that a vendor brings along from another system. Shorter ones from before this rule keep working: they are looked up, not checked. */
const OWN_CHARACTERS = /^[A-Za-z0-9._~+/=-]*$/;

/** Makes, hashes and seals license keys. */
export class LicenseKeys {
  constructor(private readonly secrets: Secrets) {}

  /** A new random key such as `7K3QX-...`. */
  generate(): string {
    const characters = [...randomBytes(GROUPS * GROUP_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
    return inGroups(characters);
  }

  /** The vendor's own key as it is kept, or a refusal that says the rule. */
  accept(key: string): string {
    return requireOwn(key, LIMITS.ownLicenseKey);
  }

  /** A key from a file, which may be shorter than those that are typed: then it is weak. @throws Refusal LICENSE_KEY_INVALID */
  acceptImported(key: string): { readonly text: string; readonly origin: KeyOrigin } {
    const text = requireOwn(key, LIMITS.importedLicenseKey);
    return { text, origin: text.length < LIMITS.ownLicenseKey.least ? 'WEAK' : 'OWN' };
  }

  /**
   * By what a key may be found, the likeliest first: as it was typed, where capitals, surrounding blanks and what nobody sees do not count; and
   * where it could be one of ours, as we write it, whatever its groups were set apart with.
   */
  hashes(key: string): readonly string[] {
    return [...new Set([asPasted(key).toUpperCase(), ourSpelling(key) ?? []].flat())].map((text) => this.#hash(text));
  }

  /**
   * Whether a license's key is one of our own making: then nobody can guess it. From before that was written down, its form tells:
   * kept exactly as we write keys, and as random as they are. One that only might be is the vendor's.
   */
  isGenerated({ keyOrigin, keyHash }: Pick<License, 'keyOrigin' | 'keyHash'>, key: string): boolean {
    if (keyOrigin !== null) return keyOrigin === 'GENERATED';
    const spelling = ourSpelling(key);
    return spelling !== null && this.#hash(spelling) === keyHash && looksRandom(spelling);
  }

  #hash(text: string): string {
    return this.secrets.lookupHash('license-key-lookup', text);
  }

  /** The key itself. @throws Refusal when it was sealed with another APP_SECRET */
  open({ id, keySealed }: Pick<License, 'id' | 'keySealed'>): string {
    try {
      return this.secrets.decrypt('license-key', id, keySealed);
    } catch {
      return refuse(
        'LICENSE_KEY_UNREADABLE',
        'This key was stored under another APP_SECRET and cannot be shown: put the former secret back, or create a new license.',
      );
    }
  }

  /** What of a key is stored; `licenseId` is bound to the sealed text. */
  columns(
    licenseId: string,
    key: string,
    keyOrigin: KeyOrigin,
  ): Pick<License, 'keyHash' | 'keySealed' | 'keyVersion' | 'keyHint' | 'keyOrigin'> {
    return {
      keyHash: this.#hash(key.trim().toUpperCase()),
      keySealed: this.secrets.encrypt('license-key', licenseId, key),
      keyVersion: KEY_VERSION,
      keyHint: key.slice(-HINT_LENGTH),
      keyOrigin,
    };
  }
}

function requireOwn(key: string, { least, most }: { readonly least: number; readonly most: number }): string {
  const trimmed = asPasted(key);
  if (trimmed.length < least || trimmed.length > most || !OWN_CHARACTERS.test(trimmed))
    refuse(
      'LICENSE_KEY_INVALID',
      `A license key has ${least} to ${most} letters, digits or . _ ~ + / = - signs: leave it out and one is made for you.`,
      'key',
    );
  return trimmed;
}

/** A key as we write it, from whatever spelling people and mail programs make of it; null when it cannot be one of ours. */
function ourSpelling(typed: string): string | null {
  const characters = typed
    .replace(/[\s\p{Cf}\p{Pd}\u2212_]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return OUR_CHARACTERS.test(characters) ? inGroups(characters) : null;
}

/** Fewer characters, or a longer row of them, hardly ever come by chance (1 in 100,000, and 1 in 500 keys): somebody counted. */
const LEAST_DIFFERENT = 12;
const LONGEST_ROW = 3;

function looksRandom(key: string): boolean {
  const values = [...key.replaceAll('-', '')].map((character) => ALPHABET.indexOf(character));
  const hasRow = (step: number): boolean =>
    values.some((_, start) =>
      Array.from({ length: LONGEST_ROW }, (_step, offset) => start + offset).every(
        (index) => (values[index + 1] ?? NaN) - (values[index] ?? NaN) === step,
      ),
    );
  return new Set(values).size >= LEAST_DIFFERENT && ![0, 1, -1].some(hasRow);
}

const inGroups = (characters: string): string =>
  Array.from({ length: GROUPS }, (_, group) => characters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH)).join('-');

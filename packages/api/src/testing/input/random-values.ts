import { isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLInputType } from 'graphql';

/** A source of chance that repeats itself for the same seed (mulberry32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** 0 up to, but not, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  oneOf<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('There is nothing to choose from.');
    return value;
  }

  isOnce(inHowMany: number): boolean {
    return this.below(inHowMany) === 0;
  }
}

const HOSTILE = [
  '',
  ' ',
  '\0',
  'before\0after',
  '\ud800',
  '\u202e',
  '\u200b',
  '\u{e0041}',
  '😀',
  '%',
  '_',
  '!',
  '\\',
  "'",
  '"',
  '`',
  "'; DROP TABLE product; --",
  '${7*7}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '..\\..',
  'null',
  'undefined',
  'NaN',
  '-1',
  '0',
  '1e309',
  '99999999999999999999',
  '__proto__',
  'constructor',
  '1.2.3',
  'v1.0.0-beta.2+b',
  '>=1.0 <3.0',
  'a@b.example',
  'https://[....]/',
  'https://a.example/x',
  '2026-02-30',
  '2026-02-28',
  '9999-12-31T23:59:59.999Z',
  '0000-01-01T00:00:00Z',
  '\r\nX-Injected: 1',
  '[object Object]',
  Buffer.from('["a","b"]').toString('base64url'),
  Buffer.from('["\\u0000","b"]').toString('base64url'),
  Buffer.from('["2026-01-01 00:00:00.000","zzzz"]').toString('base64url'),
];
const LENGTHS = [26, 27, 39, 63, 64, 100, 101, 128, 200, 255, 256, 400, 401, 2_000, 2_001, 5_000];

/** A text that somebody might send who means no good, or something that exists. */
export function randomText(chance: Chance, known: readonly string[]): string {
  switch (chance.below(4)) {
    case 0:
      return chance.oneOf(known);
    case 1:
      return chance.oneOf(['a', '1', '.', 'é', '😀', '%', 'a.', '\0']).repeat(chance.oneOf(LENGTHS));
    case 2:
      return Array.from({ length: 1 + chance.below(20) }, () => String.fromCodePoint(chance.below(0x11_0000))).join('');
    default:
      return chance.oneOf(HOSTILE);
  }
}

const NUMBERS = [0, 1, -1, 2, 25, 100, 101, 2_147_483_647, -2_147_483_648, 2_147_483_648, 1.5, 1e20, Number.MAX_SAFE_INTEGER];

/** A value for a type: mostly of the right kind, now and then of another. */
export function randomValue(chance: Chance, type: GraphQLInputType, known: readonly string[]): unknown {
  if (isNonNullType(type)) return randomValue(chance, type.ofType, known);
  if (chance.isOnce(25)) return chance.oneOf<unknown>([null, 5, true, 'x', [], {}, [[null]], { a: { b: [] } }]);
  if (isListType(type)) return Array.from({ length: chance.below(4) }, () => randomValue(chance, type.ofType, known));
  if (isEnumType(type)) return chance.oneOf(type.getValues()).name;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => (isNonNullType(field.type) ? !chance.isOnce(30) : chance.isOnce(2)))
        .map((field) => [field.name, randomValue(chance, field.type, known)]),
    );
  return randomScalar(chance, type.name, known);
}

function randomScalar(chance: Chance, name: string, known: readonly string[]): unknown {
  if (name === 'Int' || name === 'Float' || name === 'ByteSize') return chance.oneOf(NUMBERS);
  if (name === 'Boolean') return chance.isOnce(2);
  if (name === 'DateTime') return new Date(chance.below(4_000) * 86_400_000 * (chance.isOnce(9) ? 1_000 : 1)).toISOString();
  if (name === 'CalendarDate') return chance.oneOf(['2026-02-28', '2024-02-29', '1000-01-01', '9999-12-31', '2026-02-30', '']);
  if (name === 'ID' && !chance.isOnce(3)) return chance.oneOf(known);
  return randomText(chance, known);
}

import { VARIABLE_NAMES, type RawEnvironment, type VariableName } from './variables.js';

/** A name may differ in one place per so many characters and still be meant. */
const CHARACTERS_PER_SLIP = 5;
/** Shorter names are too near to those of other programs. */
const SHORTEST_GUESSED = 5;
/** Nobody but Slipway's operator gives variables that begin so. */
const OWN_PREFIX = 'S3_';

/** A sentence for each variable that nothing reads and that looks meant for Slipway. */
export function misspeltVariables(raw: RawEnvironment): string[] {
  const given = Object.keys(raw).filter((name) => raw[name] && !isKnown(name));
  return given.flatMap((name) => {
    const meant = VARIABLE_NAMES.find((known) => isMeant(name, known));
    if (meant) return [`${name} is not a variable of Slipway and changes nothing: did you mean ${meant}?`];
    return name.startsWith(OWN_PREFIX)
      ? [`${name} is not a variable of Slipway and changes nothing: see docs/operate.md for those it has.`]
      : [];
  });
}

/** Those of AWS are read by its SDK, where no key is given here. */
const isKnown = (name: string): boolean => name.startsWith('AWS_') || VARIABLE_NAMES.some((known) => known === name);

function isMeant(name: string, known: VariableName): boolean {
  if (known.length < SHORTEST_GUESSED) return isSwapped(name, known);
  return slipsBetween(name.toUpperCase(), known) <= Math.floor(known.length / CHARACTERS_PER_SLIP);
}

const isSwapped = (name: string, known: string): boolean =>
  name.length === known.length &&
  name !== known &&
  slipsBetween(name, known) === 1 &&
  [...name].sort().join('') === [...known].sort().join('');

/** How many characters are missing, too many, wrong, or swapped with the next. @see https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance */
function slipsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + (isSame ? 0 : 1),
          isSwap ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(a.length, b.length);
}

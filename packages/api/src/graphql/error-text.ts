/**
 * graphql-js repeats the value that it refuses, and a value may be a password. These rules keep what tells where and why, and
 * drop the value. Each has the text of the library in mind that it is for: graphql 16 (`coerceInputValue`, `ValuesOfCorrectType`,
 * the lexer and the parser) and graphql-scalars 1.
 */
const RULES: readonly (readonly [said: RegExp, kept: string])[] = [
  // Names of fields and types are the schema's or the document's, no values.
  [/^(Field "\w{1,100}" (?:of required type "[\w![\]]+" was not provided|is not defined by type "\w+"))\b.*$/s, '$1.'],
  [/^(Expected (?:non-nullable )?(?:value of )?type "[\w![\]]+")(?= |\.|,).*\b(not to be null|to be an object)\b.*$/s, '$1 $2.'],
  [/^(Expected (?:value of )?type "[\w![\]]+")\. .*$/s, '$1, which this is not.'],
  [/^(Expected value of type "[\w![\]]+"), found .*$/s, '$1.'],
  [/^Value .* does not exist in "(\w+)" enum\b.*$/s, 'The value does not exist in the enum "$1".'],
  [/^((?:CalendarDate|ByteSize|DateTime): expected .*)$/s, '$1'],
  [/^((?:Enum )?"?\w+"? cannot represent (?:a )?non[\w -]*?(?: integer)? value)\b.*$/s, '$1.'],
  [/^((?:Enum )?"?\w+"?) cannot represent .*$/s, '$1 cannot represent this value.'],
  [/^(Argument "\w+" (?:of type "[\w![\]]+" )?has (?:an )?invalid value)\b.*$/s, '$1.'],
  [/^(Syntax Error: (?:Expected .{1,40}, found|Unexpected) (?:Name|String|BlockString|Int|Float|Comment)) .*$/s, '$1.'],
  [/^(Syntax Error: (?:Invalid|Unexpected) [a-z -]+)[^a-z -].*$/s, '$1.'],
  [/^(Unknown operation named) .*$/s, '$1 that.'],
];

const VARIABLE = /^Variable "\$(\w+)" got invalid value /;
const PLACE = / at "([\w.[\]]+)"; /g;

/** The message of an error in the request, without any value of the request. @param variables as they came */
export function withoutValues(message: string, variables: Readonly<Record<string, unknown>>): string {
  const [prefix, name] = VARIABLE.exec(message) ?? [];
  if (prefix === undefined || name === undefined) return applyRules(message) ?? message;
  const place = [...message.matchAll(PLACE)].find(([, path = '']) => isPathIn(path, name, variables))?.[1];
  // The reason comes last; a value in front of it may hold any text, so the last one that a rule knows is taken.
  const reason = reasonsOf(message)
    .map(applyRules)
    .findLast((text) => text !== null);
  return `Variable "$${name}" has an invalid value${place === undefined ? '' : ` at "${place}"`}${reason == null ? '.' : `: ${reason}`}`;
}

const reasonsOf = (message: string): string[] => message.split('; ').slice(1);

/** Null: no rule is for it. */
function applyRules(message: string): string | null {
  for (const [said, kept] of RULES) if (said.test(message)) return message.replace(said, kept);
  return null;
}

/** A value may look like a place; a real place leads to something in the variables. */
function isPathIn(path: string, name: string, variables: Readonly<Record<string, unknown>>): boolean {
  const [first, ...keys] = path.split(/[.[\]]+/).filter((key) => key !== '');
  if (first !== name) return false;
  let value = variables[name];
  for (const key of keys) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return false;
    // It has the key, as was just seen.
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return true;
}

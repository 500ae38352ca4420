import type { Problem } from '../problem.js';
import { isTimeZone } from '../text/calendar.js';
import { checkEmail, checkName } from '../text/field-rules.js';
import { formatLimit } from '../text/units.js';
import { quote } from '../text/quote.js';
import { checkHttpsUrl } from '../text/value-rules.js';
import { isHexColor } from './color.js';
import { checkMailSettings } from './mail-settings.js';
import { declarationOf, type SettingName, type Settings, type SettingValue } from './setting.js';
import type { NumberSetting, NumberUnit, SecretSetting, TextSetting } from './setting-declaration.js';

/** A name or an address, without scheme, port and path. */
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\.?$|^[0-9A-Fa-f:.]{2,45}$/;
/** As long as the id that stands there later. */
const SOME_ID = '0'.repeat(26);

/** A text as it is kept: without surrounding blanks, colors in small letters. */
export function keptText(name: SettingName, text: string): string {
  return declarationOf(name).kind === 'COLOR' ? text.trim().toLowerCase() : text.trim();
}

/**
 * What is wrong with a value for a setting, or null. Texts are judged without surrounding blanks; of an image its bytes are judged
 * (`inspectLogo`), before there is a value.
 */
export function checkSetting(name: SettingName, value: SettingValue): Problem | null {
  const declaration = declarationOf(name);
  if (declaration.kind === 'NUMBER') return checkNumber(declaration, value);
  if (typeof value !== 'string') return { code: 'VALUE_INVALID', message: `${declaration.label} must be a text.` };
  if (declaration.kind === 'SECRET') return checkSecret(declaration, value.trim());
  return declaration.kind === 'IMAGE' ? null : checkText(declaration, value.trim());
}

/** Never repeated in what is said of it. */
function checkSecret({ label, maxLength }: SecretSetting, text: string): Problem | null {
  return text.length > maxLength ? { code: 'TOO_LONG', message: `${label} has more than ${maxLength} characters: shorten it.` } : null;
}

function checkNumber({ label, defaultValue, ...range }: NumberSetting, value: SettingValue): Problem | null {
  const { least, most, unit } = range;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return null;
  const kind = unit === 'bytes' ? '' : 'a whole number, ';
  return {
    code: 'VALUE_INVALID',
    message: `${label} must be ${kind}${rangeText(range)}, for example ${settingText(unit, defaultValue)}.`,
  };
}

/** A number with its unit: `2 GiB`, `300 seconds`, `1 day`. */
function settingText(unit: NumberUnit, amount: number): string {
  if (unit === 'bytes') return formatLimit(amount);
  if (unit === 'port') return amount.toLocaleString('en-US', { useGrouping: false });
  return `${amount.toLocaleString('en-US')} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}

/** Both ends of a range: `60 to 86,400 seconds`, `1 MiB to 5 TiB`. */
export function rangeText({ least, most, unit }: Pick<NumberSetting, 'least' | 'most' | 'unit'>): string {
  return `${unit === 'bytes' ? formatLimit(least) : least.toLocaleString('en-US')} to ${settingText(unit, most)}`;
}

/** Range and default of a number: `60 to 86,400 seconds, 300 by default.` */
export function rangeSentence({ defaultValue, ...range }: Pick<NumberSetting, 'least' | 'most' | 'unit' | 'defaultValue'>): string {
  const usual = range.unit === 'bytes' ? formatLimit(defaultValue) : defaultValue.toLocaleString('en-US');
  return `${rangeText(range)}, ${usual} by default.`;
}

function checkText(
  { kind, label, maxLength, defaultValue, example, placeholder, choices = {} }: TextSetting,
  text: string,
): Problem | null {
  if (text === '' && defaultValue === '') return null;
  if (kind === 'CHOICE')
    return Object.hasOwn(choices, text)
      ? null
      : { code: 'VALUE_INVALID', message: `${label} must be one of ${Object.keys(choices).join(', ')}.` };
  if (kind === 'COLOR')
    return isHexColor(text) ? null : { code: 'VALUE_INVALID', message: `${quote(text)} is not a color: write it like ${example}.` };
  const problem = checkName(text, { label, maxLength });
  if (problem) return problem;
  switch (kind) {
    case 'TEXT':
      return null;
    case 'HOST':
      return HOST.test(text)
        ? null
        : { code: 'VALUE_INVALID', message: `${quote(text)} is not the name of a server: write it like ${example}.` };
    case 'EMAIL':
      return checkEmail(text);
    case 'URL':
      return checkAddress(placeholder ? text.replaceAll(placeholder, SOME_ID) : text, text, example);
    case 'TIME_ZONE':
      return /^[A-Za-z]/.test(text) && isTimeZone(text)
        ? null
        : { code: 'VALUE_INVALID', message: `${quote(text)} is not a time zone: write it like ${example}.` };
  }
}

function checkAddress(filledIn: string, text: string, example: string): Problem | null {
  // What is filled in never decides which host is asked.
  const host = /^https:\/\/([^/?#]*)/i.exec(text)?.[1] ?? '';
  const isGood = checkHttpsUrl(filledIn) === null && !/[{}]/.test(filledIn) && !host.includes('{');
  return isGood ? null : { code: 'URL_INVALID', message: `${quote(text)} is not an https address: write it like ${example}.` };
}

/** Settings that do not go together, by the field to change. */
export function checkSettings(settings: Settings): Partial<Record<SettingName, Problem>> {
  const found: Partial<Record<SettingName, Problem>> = {};
  if (settings.staffIdleMinutes > settings.staffSessionHours * 60)
    found.staffIdleMinutes = {
      code: 'VALUE_INVALID',
      message: 'Staff cannot idle longer than their session lasts: choose a shorter time.',
    };
  if (settings.customerIdleDays > settings.customerSessionDays)
    found.customerIdleDays = {
      code: 'VALUE_INVALID',
      message: 'Customers cannot idle longer than their session lasts: choose a shorter time.',
    };
  return { ...found, ...checkMailSettings(settings) };
}

import { DEFAULT_FILE_LIMIT_BYTES, FILE_LIMIT_MAX_BYTES, FILE_LIMIT_MIN_BYTES } from '../file/upload-plan.js';
import { SHARE_LINK_MAX_DAYS } from '../entitlement/share-link.js';
import { EMAIL_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '../text/field-rules.js';
import { formatBytes } from '../text/units.js';
import { DEFAULT_ACCENT } from './accent.js';
import { LOGO_LEAST_PIXELS, LOGO_MAX_BYTES, LOGO_MOST_PIXELS } from './logo.js';
import { MAIL_SETTINGS } from './mail-settings.js';
import { SECOND_FACTOR_RULES } from './second-factor.js';
import { RETENTION_SETTINGS } from './retention-settings.js';
import type { NumberSetting, SettingDeclaration, TextSetting } from './setting-declaration.js';

/** What the vendor sets for everybody, on one declaration each: the form, the API, the start and the docs read it. */

const WORD_MAX_LENGTH = 60;
/** Fits beside a renewal's license id in the longest URL that every browser takes. */
const URL_MAX_LENGTH = 500;
const ZONE_MAX_LENGTH = 64;
/** More than one process answers: whoever wants no limit writes 0. */
export const MOST_REQUESTS = 10_000_000;
const url = (label: string, help: string, example: string): TextSetting => ({
  group: 'GENERAL',
  kind: 'URL',
  label,
  help,
  defaultValue: '',
  maxLength: URL_MAX_LENGTH,
  example,
});

export const SETTINGS = {
  vendorName: {
    group: 'GENERAL',
    kind: 'TEXT',
    label: 'Vendor name',
    help: 'Customers see it at the top of the portal and on share pages.',
    defaultValue: 'Slipway',
    maxLength: WORD_MAX_LENGTH,
    example: 'Aurora Software',
  },
  logo: {
    group: 'GENERAL',
    kind: 'IMAGE',
    label: 'Logo',
    help: 'Shown before the vendor name to customers.',
    defaultValue: '',
    formats: `PNG, JPEG or WebP up to ${formatBytes(LOGO_MAX_BYTES)}.`,
    dimensions: `From ${LOGO_LEAST_PIXELS} to ${LOGO_MOST_PIXELS.toLocaleString('en-US')} pixels in width and height.`,
  },
  accentColor: {
    group: 'GENERAL',
    kind: 'COLOR',
    label: 'Accent color',
    help: 'For buttons and links that customers see.',
    defaultValue: DEFAULT_ACCENT,
    maxLength: DEFAULT_ACCENT.length,
    example: '#0b6e69',
  },
  supportEmail: {
    group: 'GENERAL',
    kind: 'EMAIL',
    label: 'Support e-mail',
    help: 'Offered to customers whose license does not cover a download.',
    defaultValue: '',
    maxLength: EMAIL_MAX_LENGTH,
    example: 'help@aurora.example',
  },
  feedbackEmail: {
    group: 'GENERAL',
    kind: 'EMAIL',
    label: 'Feedback e-mail',
    help: 'Shown to testers on the page of a share link.',
    defaultValue: '',
    maxLength: EMAIL_MAX_LENGTH,
    example: 'beta@aurora.example',
  },
  supportUrl: url('Support page', 'Offered beside the support e-mail, and at the foot of the portal.', 'https://aurora.example/support'),
  renewalUrl: {
    ...url(
      'Renewal page',
      'Where Renew leads. {license} becomes the ID of the license, never its key.',
      'https://aurora.example/renew?license={license}',
    ),
    placeholder: '{license}',
  },
  websiteUrl: url('Website', 'Linked at the foot of the portal.', 'https://aurora.example'),
  timeZone: {
    group: 'GENERAL',
    kind: 'TIME_ZONE',
    label: 'Time zone',
    help: 'Release dates, update windows and statistics are days of this zone.',
    defaultValue: 'UTC',
    maxLength: ZONE_MAX_LENGTH,
    example: 'Europe/Oslo',
  },
  maxFileSizeBytes: {
    group: 'LIMITS',
    kind: 'NUMBER',
    label: 'Maximum file size',
    help: 'Larger files are refused before they are sent. Files that exist stay.',
    defaultValue: DEFAULT_FILE_LIMIT_BYTES,
    least: FILE_LIMIT_MIN_BYTES,
    most: FILE_LIMIT_MAX_BYTES,
    unit: 'bytes',
  },
  downloadUrlSeconds: {
    group: 'LIMITS',
    kind: 'NUMBER',
    label: 'Life of a signed URL',
    help: 'A download must begin within this time; whoever is late is checked again.',
    defaultValue: 300,
    least: 60,
    most: 86_400,
    unit: 'seconds',
    warning: { above: 3_600, text: 'Whoever gets hold of a signed URL can download with it for that long.' },
  },
  shareLinkDays: {
    group: 'LIMITS',
    kind: 'NUMBER',
    label: 'Maximum life of a share link',
    help: 'Links that exist keep theirs.',
    defaultValue: SHARE_LINK_MAX_DAYS,
    least: 1,
    most: SHARE_LINK_MAX_DAYS,
    unit: 'days',
  },
  anonymousRequestsPerMinute: {
    group: 'LIMITS',
    kind: 'NUMBER',
    label: 'Requests without a credential',
    help: 'From one address in a minute. 0 means no limit.',
    variable: 'ANONYMOUS_REQUESTS_PER_MINUTE',
    defaultValue: 600,
    least: 0,
    most: MOST_REQUESTS,
    unit: 'requests',
  },
  credentialRequestsPerMinute: {
    group: 'LIMITS',
    kind: 'NUMBER',
    label: 'Requests with a key or token',
    help: 'With one license key or API token in a minute. 0 means no limit.',
    variable: 'CREDENTIAL_REQUESTS_PER_MINUTE',
    defaultValue: 1_200,
    least: 0,
    most: MOST_REQUESTS,
    unit: 'requests',
  },
  staffIdleMinutes: {
    group: 'SECURITY',
    kind: 'NUMBER',
    label: 'Staff idle time',
    help: 'Staff who do nothing for this long sign in again.',
    defaultValue: 30,
    least: 5,
    most: 1_440,
    unit: 'minutes',
  },
  staffSessionHours: {
    group: 'SECURITY',
    kind: 'NUMBER',
    label: 'Staff session length',
    help: 'Staff sign in again after this time in any case.',
    defaultValue: 12,
    least: 1,
    most: 168,
    unit: 'hours',
  },
  customerIdleDays: {
    group: 'SECURITY',
    kind: 'NUMBER',
    label: 'Customer idle time',
    help: 'Customers who stay away for this long sign in again.',
    defaultValue: 14,
    least: 1,
    most: 90,
    unit: 'days',
  },
  customerSessionDays: {
    group: 'SECURITY',
    kind: 'NUMBER',
    label: 'Customer session length',
    help: 'Customers sign in again after this time in any case.',
    defaultValue: 90,
    least: 1,
    most: 365,
    unit: 'days',
  },
  passwordMinLength: {
    group: 'SECURITY',
    kind: 'NUMBER',
    label: 'Minimum password length',
    help: 'For passwords chosen from now on. Common passwords are refused at any length.',
    defaultValue: PASSWORD_MIN_LENGTH,
    least: PASSWORD_MIN_LENGTH,
    most: 64,
    unit: 'characters',
  },
  secondFactor: {
    group: 'SECURITY',
    kind: 'CHOICE',
    label: 'Second factor',
    help: 'Who has to enter a code of an app beside the password. Those who have none set it up before they can do anything else.',
    defaultValue: 'OPTIONAL',
    maxLength: 20,
    example: 'STAFF',
    choices: SECOND_FACTOR_RULES,
  },
  ...MAIL_SETTINGS,
  ...RETENTION_SETTINGS,
} as const satisfies Readonly<Record<string, SettingDeclaration>>;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[]; // the keys of the object above

/** Every setting by name, each as its declaration types it. */
export type Settings = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends NumberSetting ? number : string;
};
export type SettingValue = string | number;

/** A setting's declaration, of whichever kind. */
export const declarationOf = (name: SettingName): SettingDeclaration => SETTINGS[name];

import type { NumberSetting, SettingDeclaration } from './setting-declaration.js';

const MOST_DAYS_KEPT = 3_650;
/** How much of an address the logs keep. */
export const ADDRESS_CHOICES = {
  SHORT: 'Shortened to a network (IPv4 /24, IPv6 /48)',
  WHOLE: 'Whole',
  NONE: 'Not kept',
} as const;

const daysKept = (label: string, help: string, range: { readonly defaultValue: number; readonly least: number }): NumberSetting => ({
  group: 'RETENTION',
  kind: 'NUMBER',
  label,
  help,
  ...range,
  most: MOST_DAYS_KEPT,
  unit: 'days',
});

/** How long the logs keep what they have, and how much of it. */
export const RETENTION_SETTINGS = {
  logAddress: {
    group: 'RETENTION',
    kind: 'CHOICE',
    label: 'Addresses in logs',
    help: 'How much of an IP address the logs of downloads and refusals keep. What was written stays as it is.',
    defaultValue: 'SHORT',
    maxLength: 5,
    example: 'SHORT',
    choices: ADDRESS_CHOICES,
  },
  downloadLogDays: daysKept('Downloads', 'How long single downloads stay in the logs; counts and statistics stay.', {
    defaultValue: 365,
    least: 7,
  }),
  refusalLogDays: daysKept('Refusals', 'How long refused requests stay in the logs.', { defaultValue: 90, least: 1 }),
  auditLogDays: daysKept('Audit trail', 'How long the audit trail keeps what was done; the rest stays a whole chain.', {
    defaultValue: MOST_DAYS_KEPT,
    least: 365,
  }),
  mailLogDays: daysKept('Mail', 'How long mails that were sent or given up stay in the logs, with their texts.', {
    defaultValue: 90,
    least: 7,
  }),
  storeLogDays: daysKept('Store', 'How long faults and deletions of the object store stay in the logs.', { defaultValue: 365, least: 7 }),
} as const satisfies Readonly<Record<string, SettingDeclaration>>;

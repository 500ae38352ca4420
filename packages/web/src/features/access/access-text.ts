/** An explanation in words: the verdict, the evidence of each rule, and what would change it. */
import { PLATFORM_LABELS, PLATFORMS, STATUS_LABELS, DOWNLOADABLE_STATUSES, type AccessChangeKind, type AccessRule } from '@slipway/shared';
import { calendarDateText, countText, instantText } from '../../ui/date-text';

export type Values = Readonly<Record<string, unknown>>;

export const RULE_LABELS: Readonly<Record<AccessRule, string>> = {
  RELEASE: 'Release',
  PRODUCT: 'Product',
  LICENSE: 'License',
  STATUS: 'Status',
  START: 'Start',
  END: 'End',
  UPDATES: 'Updates',
  VERSION: 'Version',
  CHANNEL: 'Channel',
  PLATFORM: 'Platform',
  WITHDRAWN: 'Withdrawn',
  FILES: 'Files',
  LIMIT: 'Limit',
};

const text = (values: Values, name: string): string | null => {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
};
const date = (values: Values, name: string): string | null => {
  const value = text(values, name);
  return value === null ? null : calendarDateText(value);
};
const platforms = (values: Values, name: string): string | null =>
  text(values, name)
    ?.split(', ')
    .map((one) => PLATFORM_LABELS[PLATFORMS.find((known) => known === one) ?? 'ALL'])
    .join(', ') ?? null;

const DISTRIBUTION_TEXTS: Readonly<Record<string, string>> = {
  OPEN: 'Open to everyone',
  LICENSED: 'For licensed customers',
  CLOSED: 'Closed to customers',
};

const EVIDENCE: Readonly<Record<AccessRule, (values: Values) => string>> = {
  RELEASE: (values) => {
    const status = DOWNLOADABLE_STATUSES.find((one) => one === values['status']);
    const released = date(values, 'releaseDate');
    return [status ? STATUS_LABELS[status] : 'Unknown', released && `released ${released}`].filter(Boolean).join(', ');
  },
  PRODUCT: (values) => DISTRIBUTION_TEXTS[text(values, 'distribution') ?? ''] ?? '',
  LICENSE: (values) =>
    values['licenses'] === 0 ? 'None for this product' : `${countText(Number(values['licenses']), 'license')} of this product`,
  STATUS: (values) => ({ ACTIVE: 'Active', SUSPENDED: 'Suspended', REVOKED: 'Revoked' })[text(values, 'status') ?? ''] ?? '',
  START: (values) => (date(values, 'startsOn') === null ? 'No start date' : `Starts ${date(values, 'startsOn')}`),
  END: (values) => {
    const end = date(values, 'expiresOn');
    if (end === null) return 'Never ends';
    return values['policy'] === 'FALLBACK' ? `Ends ${end}, and keeps what was released by then` : `Ends ${end}, and access with it`;
  },
  UPDATES: (values) => {
    const until = date(values, 'updatesUntil');
    return until === null ? 'Without end' : `Until ${until}; released ${date(values, 'releaseDate')}`;
  },
  VERSION: (values) =>
    text(values, 'range') === null ? 'Any version' : `${text(values, 'version')}; the license covers ${text(values, 'range')}`,
  CHANNEL: (values) => `${text(values, 'channel')}; the license has ${text(values, 'channels')}`,
  PLATFORM: (values) => {
    const covered = platforms(values, 'platforms');
    if (covered === null) return 'Any platform';
    const asked = platforms(values, 'platform');
    return asked === null ? `Files for ${covered} only` : `${asked}; the license covers ${covered}`;
  },
  WITHDRAWN: (values) => {
    if (text(values, 'severity') === null) return 'Not withdrawn';
    if (values['severity'] === 'SECURITY') return 'Withdrawn for security, for everyone';
    return values['downloadedBefore'] === 1
      ? 'Withdrawn; downloaded before, so it stays open'
      : 'Withdrawn; stays open to who downloaded it before';
  },
  FILES: (values) => {
    const state = text(values, 'state');
    if (state === null) return 'Each file is checked by itself';
    return state === 'READY' ? 'Ready' : state === 'FAILED' ? 'Damaged' : 'Being prepared';
  },
  LIMIT: (values) => {
    if (text(values, 'limit') === null) return 'No limit';
    const again = text(values, 'repeatableUntil');
    return `${text(values, 'used')} of ${text(values, 'limit')} downloads used${again === null ? '' : `; this file again until ${instantText(again)}`}`;
  },
};

/** What a rule compared, in a few words. */
export const evidenceText = (rule: AccessRule, values: Values): string => EVIDENCE[rule](values);

interface ChangeWords {
  readonly title: string;
  readonly button: string;
}

const CHANGES: Readonly<Record<AccessChangeKind, (params: Values) => ChangeWords>> = {
  PUBLISH: () => ({ title: 'Publish the release.', button: 'Open release' }),
  OPEN_PRODUCT: () => ({ title: 'Let licensed customers have the product.', button: 'Edit product' }),
  CREATE_LICENSE: ({ channel }) => ({
    title: channel === 'stable' ? 'Create a license for this product.' : `Create a license with the channel ${String(channel)}.`,
    button: 'New license',
  }),
  REINSTATE: () => ({ title: 'Reinstate the license.', button: 'Open customer' }),
  START_EARLIER: (params) => ({ title: `Let the license start by ${date(params, 'on')}.`, button: 'Edit license' }),
  RENEW: (params) => ({ title: `Renew it past ${date(params, 'after')}.`, button: 'Renew' }),
  KEEP_AFTER_END: () => ({ title: 'Let the license keep releases from before its end.', button: 'Edit license' }),
  EXTEND_UPDATES: (params) => ({ title: `Extend updates to ${date(params, 'until')}.`, button: 'Edit license' }),
  WIDEN_VERSIONS: ({ version }) => ({ title: `Let the license cover ${String(version)}.`, button: 'Edit license' }),
  ADD_CHANNEL: ({ channel }) => ({ title: `Add the channel ${String(channel)}.`, button: 'Edit license' }),
  ADD_PLATFORM: (params) => ({ title: `Add ${platforms(params, 'platform') ?? 'the platform'}.`, button: 'Edit license' }),
  OTHER_VERSION: ({ replacement }) =>
    typeof replacement === 'string'
      ? { title: `Use ${replacement} instead.`, button: `Explain ${replacement}` }
      : { title: 'Offer another version.', button: 'Open release' },
  REPLACE_FILE: () => ({ title: 'Wait until the file is ready, or replace it.', button: 'Open release' }),
  RAISE_LIMIT: ({ limit }) => ({ title: `Raise the limit to ${String(limit)} or more.`, button: 'Edit license' }),
};

export const changeWords = (kind: AccessChangeKind, params: Values): ChangeWords => CHANGES[kind](params);

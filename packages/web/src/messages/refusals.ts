/** Why not, in the customer's words: what happened and when, what makes it right, what stays theirs. */
import { PLATFORM_LABELS, PLATFORMS, type EntitlementCode } from '@slipway/shared';
import { calendarDateText } from '../ui/date-text';

/** What a refusal may tell of. Null: not known, for example where only the code is. */
export interface RefusalFacts {
  readonly params: Readonly<Record<string, unknown>>;
  /** The version that was refused. */
  readonly version: string | null;
  /** The newest version that is theirs. */
  readonly offered: string | null;
  readonly vendor: string;
}

export interface RefusalWords {
  readonly title: string;
  /** What makes it right. */
  readonly right: string;
  /** What stays theirs; null: nothing that is worth saying. */
  readonly stays: string | null;
}

type Words = (facts: RefusalFacts) => RefusalWords;

const text = ({ params }: RefusalFacts, name: string): string | null => {
  const value = params[name];
  return typeof value === 'string' && value !== '' ? value : null;
};
const on = (facts: RefusalFacts, name: string): string => {
  const date = text(facts, name);
  return date === null ? '' : ` on ${calendarDateText(date)}`;
};
/** A version, or what stands for it. */
const it = ({ version }: RefusalFacts): string => version ?? 'this version';
const It = ({ version }: RefusalFacts): string => version ?? 'This version';
const because = (facts: RefusalFacts, name = 'reason'): string => {
  const reason = text(facts, name)?.trim().replace(/\.$/, '');
  return reason === undefined || reason === '' ? '' : `${reason.charAt(0).toUpperCase()}${reason.slice(1)}. `;
};
/** A channel within a sentence. */
const channelWord = (channel: string): string => (channel === 'rc' ? 'RC' : channel);
/** What renewing brings: a test version may need its channel on the license as well, which this refusal does not tell. */
const renewed = ({ version }: RefusalFacts, what: string): string =>
  version?.includes('-') === true
    ? 'Renew to get what comes out now; a test version also needs its channel on your license.'
    : `${what} is yours at once.`;
const newest = ({ offered }: RefusalFacts): string | null => (offered === null ? null : `The newest of yours is ${offered}.`);

const WORDS: Readonly<Record<EntitlementCode, Words>> = {
  ALLOWED: () => ({ title: 'You can download this', right: 'Go back and try the download again.', stays: null }),
  NOT_FOUND: () => ({
    title: 'This download does not exist',
    right: 'The address may be mistyped, or the version is no longer offered.',
    stays: null,
  }),
  PRODUCT_CLOSED: ({ vendor }) => ({
    title: 'This product is not open for downloads',
    right: `${vendor} gives access to it personally.`,
    stays: null,
  }),
  AUTH_REQUIRED: () => ({
    title: 'This download is for customers',
    right: 'Sign in or enter the license key you received.',
    stays: 'You come back here.',
  }),
  LICENSE_KEY_INVALID: () => ({
    title: 'This license key is not valid',
    right: 'Check that it was copied completely, then enter it again.',
    stays: null,
  }),
  PRODUCT_NOT_LICENSED: () => ({
    title: 'You have no license for this product',
    right: 'Sign in with the account that has the license, or get one.',
    stays: null,
  }),
  LICENSE_SUSPENDED: (facts) => ({
    title: text(facts, 'since') === null ? 'Your license is suspended' : `Your license was suspended${on(facts, 'since')}`,
    right: `${because(facts)}${facts.vendor} suspended it. A short mail usually settles this.`,
    stays: 'Nothing is deleted. As soon as it is reinstated, this page shows your downloads again by itself.',
  }),
  LICENSE_REVOKED: (facts) => ({
    title: text(facts, 'since') === null ? 'Your license was revoked' : `Your license was revoked${on(facts, 'since')}`,
    right: `${because(facts)}It no longer gives access to downloads. Questions? Write to ${facts.vendor}.`,
    stays: null,
  }),
  LICENSE_NOT_STARTED: (facts) => ({
    title: text(facts, 'startsOn') === null ? 'Your license has not started yet' : `Your license starts${on(facts, 'startsOn')}`,
    right: `From that day on you can download ${it(facts)} here.`,
    stays: 'Nothing to do until then.',
  }),
  LICENSE_EXPIRED: (facts) => ({
    title: text(facts, 'expiredOn') === null ? 'Your license has expired' : `Your license expired${on(facts, 'expiredOn')}`,
    right: `${renewed(facts, `Renew it, and ${it(facts)}`)} Your key stays the same.`,
    stays: newest(facts) ?? 'Nothing on your computers is touched.',
  }),
  UPDATES_EXPIRED: (facts) => ({
    title: `Your updates ended${on(facts, 'coveredUntil')}`,
    right: `${It(facts)} came out later${on(facts, 'releaseDate')}. ${renewed(facts, 'Renew, and it')}`,
    stays: newest(facts) ?? 'The versions that came out before stay yours.',
  }),
  VERSION_NOT_COVERED: (facts) => ({
    title: `Your license does not cover ${it(facts)}`,
    right: `${text(facts, 'range') === null ? '' : `It is for the versions ${text(facts, 'range')}. `}An upgrade gives you ${it(facts)}.`,
    stays: newest(facts),
  }),
  CHANNEL_NOT_INCLUDED: (facts) => {
    const channel = channelWord(text(facts, 'channel') ?? 'test');
    return {
      title: `${It(facts)} is for ${channel} testers`,
      right: `Would you like to test? Ask, and ${facts.vendor} can add the ${channel} channel to your license.`,
      stays: newest(facts),
    };
  },
  PLATFORM_NOT_COVERED: (facts) => {
    const platform = PLATFORMS.find((one) => one === facts.params['platform']);
    return {
      title: `Your license does not cover ${platform === undefined ? 'this platform' : PLATFORM_LABELS[platform]}`,
      right: 'An upgrade adds it.',
      stays: 'Files for your other platforms stay open to you.',
    };
  },
  RELEASE_WITHDRAWN: (facts) => {
    const replacement = text(facts, 'replacement');
    const file = text(facts, 'scope') === 'REVISION';
    return {
      title: file ? 'These files were replaced' : `${It(facts)} was withdrawn${on(facts, 'withdrawnOn')}`,
      right: `${because(facts)}${replacement === null ? 'Do not use it any more.' : `If you have it, please replace it with ${replacement}.`}`,
      stays: newest(facts),
    };
  },
  ASSET_NOT_READY: (facts) =>
    facts.params['state'] === 'FAILED'
      ? { title: 'This file is damaged', right: `It cannot be downloaded. Tell ${facts.vendor}, who can replace it.`, stays: null }
      : { title: 'This file is not ready yet', right: 'It is still being prepared: try again in a few minutes.', stays: null },
  DOWNLOAD_LIMIT: (facts) => {
    const limit = facts.params['limit'];
    const all =
      typeof limit === 'number' && limit > 1 ? `All ${limit} downloads of your license are used` : 'The download of your license is used';
    return {
      title: typeof limit === 'number' ? all : 'All your downloads are used',
      right: `Ask ${facts.vendor} for more.`,
      stays: 'A file that was counted stays open to you for 24 hours, as often as you need it.',
    };
  },
  SHARE_LINK_EXPIRED: () => ({ title: 'This link has expired', right: 'Ask the person who sent it for a new one.', stays: null }),
  SHARE_LINK_LIMIT: () => ({ title: 'This link is used up', right: 'Ask the person who sent it for a new one.', stays: null }),
};

/** The same said once for many versions. */
const OF_MANY: Readonly<Partial<Record<EntitlementCode, (facts: RefusalFacts) => string>>> = {
  UPDATES_EXPIRED: (facts) => `Your updates ended${on(facts, 'coveredUntil')}: what came out later needs a renewal.`,
  VERSION_NOT_COVERED: (facts) => `Your license is for the versions ${text(facts, 'range') ?? 'before these'}.`,
  CHANNEL_NOT_INCLUDED: (facts) => `For ${channelWord(text(facts, 'channel') ?? 'other')} testers.`,
};

export const refusalOfMany = (code: EntitlementCode, facts: RefusalFacts): string =>
  OF_MANY[code]?.(facts) ?? `${WORDS[code](facts).title}.`;

export const refusalWords = (code: EntitlementCode, facts: RefusalFacts): RefusalWords => WORDS[code](facts);

/** What the buttons below say. */
export const refusalButtons = {
  renewLicense: 'Renew license',
  renewUpdates: 'Renew updates',
  ask: (vendor: string) => `Ask ${vendor}`,
  write: (vendor: string) => `Write to ${vendor}`,
  supportPage: 'Support page',
  upgrade: 'Ask about an upgrade',
  moreDownloads: 'Ask for more downloads',
  channel: (channel: string) => `Ask for ${channelWord(channel)} versions`,
  goTo: (version: string) => `Go to ${version}`,
  calendar: 'Add to calendar',
  tryAgain: 'Try again',
} as const;

/** What stands in a mail to the vendor before the customer writes the first word. */
export const supportMail = {
  subject: (product: string | null, version: string | null, title: string) =>
    `${[product, version].filter(Boolean).join(' ')}${product === null ? '' : ': '}${title}`,
  product: (product: string, version: string | null) => `Product: ${[product, version].filter(Boolean).join(' ')}`,
  license: (id: string) => `License: ${id}`,
} as const;

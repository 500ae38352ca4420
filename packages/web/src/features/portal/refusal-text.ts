/** What a refusal says: a title by code, the API's sentence, and the next step. */
import { ENTITLEMENT_CODES, entitlementRemedy, renewalAddress, type EntitlementCode } from '@slipway/shared';
import type { AccessFieldsFragment } from '../../graphql/documents.generated';

const TITLES: Readonly<Record<EntitlementCode, string>> = {
  ALLOWED: 'You can download this',
  NOT_FOUND: 'This download does not exist',
  PRODUCT_CLOSED: 'This product is not open for downloads',
  AUTH_REQUIRED: 'This download is for customers',
  LICENSE_KEY_INVALID: 'This license key is not valid',
  PRODUCT_NOT_LICENSED: 'You have no license for this product',
  LICENSE_SUSPENDED: 'Your license is suspended',
  LICENSE_REVOKED: 'Your license was revoked',
  LICENSE_NOT_STARTED: 'Your license has not started yet',
  LICENSE_EXPIRED: 'Your license has expired',
  UPDATES_EXPIRED: 'Your updates have ended',
  VERSION_NOT_COVERED: 'Your license does not cover this version',
  CHANNEL_NOT_INCLUDED: 'Your license does not include this channel',
  PLATFORM_NOT_COVERED: 'Your license does not cover this platform',
  RELEASE_WITHDRAWN: 'This release was withdrawn',
  ASSET_NOT_READY: 'This file is not ready yet',
  DOWNLOAD_LIMIT: 'All your downloads are used',
  SHARE_LINK_EXPIRED: 'This link has expired',
  SHARE_LINK_LIMIT: 'This link is used up',
};

/** The same where only the code is known: no dates, no numbers. */
const SENTENCES: Readonly<Record<EntitlementCode, string>> = {
  ALLOWED: 'Go back and try the download again.',
  NOT_FOUND: 'The address may be mistyped, or the version is no longer offered.',
  PRODUCT_CLOSED: 'The vendor gives access to it personally.',
  AUTH_REQUIRED: 'Sign in or enter the license key you received.',
  LICENSE_KEY_INVALID: 'Check that it was copied completely, then enter it again.',
  PRODUCT_NOT_LICENSED: 'Sign in with the account that has the license, or get one.',
  LICENSE_SUSPENDED: 'Downloads come back as soon as it is reinstated.',
  LICENSE_REVOKED: 'It no longer gives access to downloads.',
  LICENSE_NOT_STARTED: 'Downloads open on its first day.',
  LICENSE_EXPIRED: 'Downloads come back as soon as it is renewed.',
  UPDATES_EXPIRED: 'This version came out after your updates ended, and earlier versions stay yours.',
  VERSION_NOT_COVERED: 'An upgrade gives access to it, and the versions you have stay yours.',
  CHANNEL_NOT_INCLUDED: 'The stable releases stay open to you.',
  PLATFORM_NOT_COVERED: 'Files for your other platforms stay open to you.',
  RELEASE_WITHDRAWN: 'The vendor took it back: choose another version.',
  ASSET_NOT_READY: 'Try again in a few minutes.',
  DOWNLOAD_LIMIT: 'Your license allows a number of downloads, and none is left.',
  SHARE_LINK_EXPIRED: 'Ask the person who sent it for a new one.',
  SHARE_LINK_LIMIT: 'Ask the person who sent it for a new one.',
};

export type Refusal = Pick<AccessFieldsFragment, 'code' | 'message' | 'remedy'> &
  Partial<Pick<AccessFieldsFragment, 'params' | 'licenseId'>>;

export function refusalTitle(code: EntitlementCode): string {
  return TITLES[code];
}

/** The refusal for a bare code, as the address of the refused page has it. Unknown codes are "does not exist". */
export function refusalFromCode(text: string): Refusal {
  const code = ENTITLEMENT_CODES.find((one) => one === text) ?? 'NOT_FOUND';
  return { code, message: SENTENCES[code], remedy: entitlementRemedy({ code, params: {} }) };
}

const ASKS_VENDOR = /(contact|ask) the vendor/i;

/** The API's sentence below the title: what the title says is not said again, and the vendor is called by name. */
export function refusalSentence({ code, message }: Pick<Refusal, 'code' | 'message'>, vendor: string): string {
  const said = `${refusalTitle(code)}: `;
  const rest = message.startsWith(said) ? message.slice(said.length) : message;
  const named = rest.replace(ASKS_VENDOR, (_, verb: string) => `${verb} ${vendor}`);
  return `${named.charAt(0).toUpperCase()}${named.slice(1)}`;
}

/** Who can help, in one sentence; null when the refusal's own sentence says it. Signing in has a form of its own; waiting needs no help. */
export function nextStep({ remedy, message }: Pick<Refusal, 'remedy' | 'message'>, vendor: string): string | null {
  if (ASKS_VENDOR.test(message)) return null;
  switch (remedy) {
    case 'RENEW':
      return `To renew, write to ${vendor}. Your downloads come back at once.`;
    case 'UPGRADE':
      return `To upgrade, write to ${vendor}.`;
    case 'CONTACT_VENDOR':
      return `Questions? Write to ${vendor}.`;
    case 'SIGN_IN':
    case 'WAIT':
    case null:
      return null;
  }
}

/** Where the vendor helps, as the settings have it. */
export interface VendorHelp {
  readonly supportEmail: string | null;
  readonly supportUrl: string | null;
  readonly renewalUrl: string | null;
}

export interface HelpLink {
  readonly label: string;
  readonly href: string;
  /** The visitor's next step. */
  readonly isMain: boolean;
}

const HELPED: ReadonlySet<Refusal['remedy']> = new Set(['RENEW', 'UPGRADE', 'CONTACT_VENDOR']);

/** What the visitor can do about a refusal: renew on the vendor's page, write with the facts filled in, or read the support page. */
export function helpLinks(refusal: Refusal, { supportEmail, supportUrl, renewalUrl }: VendorHelp): readonly HelpLink[] {
  const { remedy, code, licenseId } = refusal;
  if (!HELPED.has(remedy)) return [];
  const links: HelpLink[] = [];
  const renewal = remedy === 'RENEW' && renewalUrl !== null ? renewalAddress({ renewalUrl }, licenseId ?? null) : null;
  if (renewal) links.push({ label: 'Renew', href: renewal, isMain: true });
  if (supportEmail !== null) {
    const facts = [refusalTitle(code), ...(licenseId ? [`License ${licenseId}`] : [])];
    const query = `subject=${encodeURIComponent(facts[0] ?? '')}&body=${encodeURIComponent(`${facts.join('\r\n')}\r\n\r\n`)}`;
    const address = supportEmail.split('@').map(encodeURIComponent).join('@'); // RFC 6068
    links.push({ label: `Write to ${supportEmail}`, href: `mailto:${address}?${query}`, isMain: false });
  }
  if (supportUrl !== null) links.push({ label: 'Support page', href: supportUrl, isMain: false });
  return links;
}

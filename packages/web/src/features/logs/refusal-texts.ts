/** Refusals in a few words each, and what the vendor can do about them. */
import type { EntitlementCode } from '@slipway/shared';

/** What is behind the button of a remedy. */
export type RemedyAim = 'LICENSE' | 'RELEASE' | 'STORE' | null;

interface RefusalText {
  readonly label: string;
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly aim: RemedyAim;
}

/** @param what in a few words, what to do, and why that helps @param leads where a button leads, and what it says */
const of = (what: readonly [label: string, title: string, text: string], leads: readonly [RemedyAim, string] = [null, '']): RefusalText => {
  const [[label, title, text], [aim, action]] = [what, leads];
  return { label, title, text, aim, action };
};

type Known = Exclude<EntitlementCode, 'ALLOWED'>;
const DOWNLOADS: Readonly<Record<Known, RefusalText>> = {
  NOT_FOUND: of(['nothing at this address', 'Check the link', 'The file does not exist, or it is not published.']),
  PRODUCT_CLOSED: of(
    ['product is closed', 'Open the product, or send a share link', 'Only staff and share links reach a closed product.'],
    ['RELEASE', 'Open release'],
  ),
  AUTH_REQUIRED: of(['needs a sign-in or a license key', 'They must sign in', 'They came without a session and without a key.']),
  LICENSE_KEY_INVALID: of([
    'key is not valid',
    'Send them their key',
    'No license has the key that they sent: it was mistyped, or cut off.',
  ]),
  PRODUCT_NOT_LICENSED: of(
    ['no license for the product', 'Give them a license', 'None of their licenses is for this product.'],
    ['LICENSE', 'Open customer'],
  ),
  LICENSE_SUSPENDED: of(['license is suspended', 'Reinstate the license', 'It works again at once.'], ['LICENSE', 'Open license']),
  LICENSE_REVOKED: of(['license was revoked', 'Create a new license', 'A revoked license stays revoked.'], ['LICENSE', 'Open customer']),
  LICENSE_NOT_STARTED: of(
    ['license has not started', 'Move its start, or let them wait', 'It works from its first day on.'],
    ['LICENSE', 'Edit license…'],
  ),
  LICENSE_EXPIRED: of(['license expired', 'Renew the license', 'A later end opens it at once.'], ['LICENSE', 'Edit license…']),
  UPDATES_EXPIRED: of(
    ['updates ended', 'Extend their updates', 'Updates until the release date or later open it at once.'],
    ['LICENSE', 'Extend updates…'],
  ),
  VERSION_NOT_COVERED: of(
    ['version is not covered', 'Widen the version range', 'The license covers other versions only.'],
    ['LICENSE', 'Edit license…'],
  ),
  CHANNEL_NOT_INCLUDED: of(
    ['channel is not included', 'Add the channel', 'The license covers other channels only.'],
    ['LICENSE', 'Edit license…'],
  ),
  PLATFORM_NOT_COVERED: of(
    ['platform is not covered', 'Add the platform', 'The license covers other platforms only.'],
    ['LICENSE', 'Edit license…'],
  ),
  RELEASE_WITHDRAWN: of(
    ['release is withdrawn', 'Point them to the replacement', 'Nobody gets a withdrawn release who did not have it before.'],
    ['RELEASE', 'Open release'],
  ),
  ASSET_NOT_READY: of(
    ['file is not ready', 'Look at the file', 'It is still being uploaded or verified, or it failed.'],
    ['RELEASE', 'Open release'],
  ),
  DOWNLOAD_LIMIT: of(
    ['all downloads are used', 'Allow more downloads', 'The license has used all that it allows.'],
    ['LICENSE', 'Edit license…'],
  ),
  SHARE_LINK_EXPIRED: of(['share link has expired', 'Make a new share link', 'Links are not renewed.'], ['RELEASE', 'Open release']),
  SHARE_LINK_LIMIT: of(
    ['share link is used up', 'Make a new share link', 'It has given all the downloads that it allows.'],
    ['RELEASE', 'Open release'],
  ),
};
const OTHERS: Readonly<Record<string, RefusalText>> = {
  UNAUTHENTICATED: of(['token or session is not valid', 'Make a new token', 'It is unknown, expired or revoked.']),
  FORBIDDEN: of(['permission is missing', 'Give the permission', 'Roles and tokens say what somebody may do.']),
  BAD_USER_INPUT: of(['request cannot be read', 'Correct the request', 'What was sent does not fit the interface.']),
  RATE_LIMITED: of(['too many requests', 'Let them wait', 'The limits are in the settings.']),
  RESPONSE_TOO_LARGE: of(['answer would be too large', 'Ask for less at a time', 'The message says how much fits.']),
  FILE_MISSING: of(
    ['file is missing from the store', 'Upload the file again', 'The store does not have it any more.'],
    ['RELEASE', 'Open release'],
  ),
  CREDENTIAL_WOULD_LEAK: of(['key would go to another server', 'They must send the key otherwise', 'The message says how.']),
  UNAVAILABLE: of(
    ['store or database did not answer', 'Look at the store', 'It passes by itself once they answer.'],
    ['STORE', 'Show store events'],
  ),
  INTERNAL: of(['Slipway failed', 'Look into the server’s log', 'It has the details under the request ID.']),
};

export const REFUSAL_TEXTS: Readonly<Record<string, RefusalText>> = { ...OTHERS, ...DOWNLOADS };

/** What a refusal shows: its words, its tone, and the buttons that do what it asks for. */
import { ENTITLEMENT_CODES, entitlementRemedy, renewalAddress, type EntitlementCode } from '@slipway/shared';
import type { AccessFieldsFragment } from '../../graphql/documents.generated';
import { refusalButtons, refusalWords, supportMail, type RefusalWords } from '../../messages/refusals';

export type Refusal = Pick<AccessFieldsFragment, 'code' | 'remedy'> & Partial<Pick<AccessFieldsFragment, 'params' | 'licenseId'>>;

/** Where the vendor helps, as the settings have it. */
export interface VendorHelp {
  readonly name: string;
  readonly supportEmail: string | null;
  readonly supportUrl: string | null;
  readonly renewalUrl: string | null;
}

/** What was refused, and what is theirs instead. */
export interface RefusedDownload {
  readonly refusal: Refusal;
  readonly product: string | null;
  readonly version: string | null;
  /** When a withdrawn release was withdrawn, as a calendar date. */
  readonly withdrawnOn?: string | null;
  readonly offered: { readonly version: string; readonly path: string } | null;
}

export interface RefusalAction {
  readonly label: string;
  /** A page of ours (`to`), an address (`href`), a file that is made here (`download`), or asking again (none of them). */
  readonly to?: string;
  readonly href?: string;
  readonly download?: string;
}

export interface RefusalView extends RefusalWords {
  /** Amber asks for a step, grey waits. */
  readonly tone: 'step' | 'wait';
  /** The first is the visitor's next step. */
  readonly actions: readonly RefusalAction[];
}

const WAITING: ReadonlySet<EntitlementCode> = new Set(['LICENSE_NOT_STARTED', 'CHANNEL_NOT_INCLUDED', 'ASSET_NOT_READY', 'NOT_FOUND']);

/** The refusal for a bare code, as the address of the refused page has it. Unknown codes are "does not exist". */
export function refusalFromCode(text: string): Refusal {
  const code = ENTITLEMENT_CODES.find((one) => one === text) ?? 'NOT_FOUND';
  return { code, remedy: entitlementRemedy({ code, params: {} }) };
}

export function refusalView(refused: RefusedDownload, vendor: VendorHelp): RefusalView {
  const words = wordsOf(refused, vendor);
  return { ...words, tone: WAITING.has(refused.refusal.code) ? 'wait' : 'step', actions: actionsOf(refused, vendor, words.title) };
}

function wordsOf({ refusal, version, withdrawnOn = null, offered }: RefusedDownload, vendor: VendorHelp): RefusalWords {
  const params = { ...refusal.params, withdrawnOn };
  return refusalWords(refusal.code, { params, version, offered: offered?.version ?? null, vendor: vendor.name });
}

function actionsOf(refused: RefusedDownload, vendor: VendorHelp, title: string): readonly RefusalAction[] {
  const { refusal, offered } = refused;
  const asked = askVendor(refused, vendor, title);
  const goTo = offered === null ? null : { label: refusalButtons.goTo(offered.version), to: offered.path };
  const actions: readonly (RefusalAction | null)[] = {
    RENEW: () => [renewal(refused, vendor), asked(refusalButtons.ask(vendor.name)), goTo],
    UPGRADE: () => [goTo, asked(upgradeLabel(refusal))],
    CONTACT_VENDOR: () => [goTo, asked(contactLabel(refusal, vendor.name))],
    WAIT: () => [calendarEntry(refused) ?? { label: refusalButtons.tryAgain }],
    SIGN_IN: () => [],
  }[refusal.remedy ?? 'SIGN_IN']();
  return actions.filter((action) => action !== null);
}

function renewal({ refusal }: RefusedDownload, vendor: VendorHelp): RefusalAction | null {
  const { renewalUrl } = vendor;
  const href = renewalUrl === null ? null : renewalAddress({ renewalUrl }, refusal.licenseId ?? null);
  const label = refusal.code === 'UPDATES_EXPIRED' ? refusalButtons.renewUpdates : refusalButtons.renewLicense;
  return href === null ? null : { label, href };
}

function upgradeLabel({ code, params }: Refusal): string {
  const channel = code === 'CHANNEL_NOT_INCLUDED' ? params?.['channel'] : null;
  return typeof channel === 'string' ? refusalButtons.channel(channel) : refusalButtons.upgrade;
}

const contactLabel = ({ code }: Refusal, vendor: string): string =>
  code === 'DOWNLOAD_LIMIT' ? refusalButtons.moreDownloads : refusalButtons.write(vendor);

/** A mail with the facts filled in, else the page where the vendor helps; null: the settings name neither. */
function askVendor({ refusal, product, version }: RefusedDownload, { supportEmail, supportUrl }: VendorHelp, title: string) {
  return (label: string): RefusalAction | null => {
    if (supportEmail === null) return supportUrl === null ? null : { label: refusalButtons.supportPage, href: supportUrl };
    const facts = [title, product && supportMail.product(product, version), refusal.licenseId && supportMail.license(refusal.licenseId)];
    const body = `${facts.filter(Boolean).join('\r\n')}\r\n\r\n`;
    const query = `subject=${encodeURIComponent(supportMail.subject(product, version, title))}&body=${encodeURIComponent(body)}`;
    const address = supportEmail.split('@').map(encodeURIComponent).join('@'); // RFC 6068
    return { label, href: `mailto:${address}?${query}` };
  };
}

/** The first day of a license as a calendar program takes it (RFC 5545). */
function calendarEntry({ refusal, product }: RefusedDownload): RefusalAction | null {
  const day = refusal.code === 'LICENSE_NOT_STARTED' ? refusal.params?.['startsOn'] : null;
  if (typeof day !== 'string') return null;
  const date = day.replaceAll('-', '');
  const name = (product ?? '').replace(/[\\;,\r\n]/g, ' ');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Downloads//EN',
    'BEGIN:VEVENT',
    `UID:${refusal.licenseId ?? date}`,
    `DTSTAMP:${date}T000000Z`,
  ];
  const entry = [...lines, `DTSTART;VALUE=DATE:${date}`, `SUMMARY:${name}`.trim(), 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
  return { label: refusalButtons.calendar, href: `data:text/calendar;charset=utf-8,${encodeURIComponent(entry)}`, download: 'license.ics' };
}

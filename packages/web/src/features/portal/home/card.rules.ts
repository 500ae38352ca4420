/** What the card of a product says: which version is theirs, whether something newer is there, and the next step. */
import { calendarDate } from '@slipway/shared';
import type { OwnLicenseFieldsFragment } from '../../../graphql/documents.generated';
import { sentences } from '../../../messages/plural';
import { portalMessages } from '../../../messages/portal';
import { isNewer, type PortalProduct } from '../portal-release.rules';
import { refusalView, type RefusalAction, type VendorHelp } from '../refusal-view';

/** NEW: newer than what they downloaded last. CURRENT: that is the newest. ENDED: something newer is not theirs. REFUSED: nothing is. */
export type CardState = 'NEW' | 'CURRENT' | 'ENDED' | 'REFUSED' | 'OPEN' | 'NOTHING';

export interface Card {
  readonly state: CardState;
  readonly badge: string | null;
  readonly version: string | null;
  readonly date: string | null;
  readonly isNewestOfYours: boolean;
  readonly text: string;
  /** What makes something newer theirs. */
  readonly step: RefusalAction | null;
  /** The version from which on there are news. */
  readonly since: string | null;
}

const NOBODY: VendorHelp = { name: '', supportEmail: null, supportUrl: null, renewalUrl: null };

export function cardOf(product: PortalProduct, vendor: VendorHelp | null): Card {
  const { latest, offered, lastDownload } = product;
  const words = portalMessages.card;
  const shown = offered ?? latest;
  const view = refusedView(product, vendor ?? NOBODY);
  const state = stateOf(product);
  const since = lastDownload && offered && isNewer(offered.version, lastDownload.version) ? lastDownload.version : null;
  const isOut = offered && latest && view ? sentences(words.isOut(latest.version), view.title) : null;
  const texts = [
    shown?.summary,
    isOut ?? (offered ? null : view?.title),
    lastDownload && since && words.lastDownload(lastDownload.version),
  ];
  return {
    state,
    badge: badgeOf(state),
    version: shown?.version ?? null,
    date: shown?.releaseDate ?? null,
    isNewestOfYours: state === 'ENDED',
    text: shown === null ? words.nothing : sentences(...texts),
    step: view?.actions.find(({ href }) => href !== undefined) ?? null,
    since,
  };
}

function stateOf({ latest, offered, lastDownload }: PortalProduct): CardState {
  if (latest === null && offered === null) return 'NOTHING';
  if (offered === null) return 'REFUSED';
  if (latest !== null && !latest.access.allowed && isNewer(latest.version, offered.version)) return 'ENDED';
  if (lastDownload === null) return 'OPEN';
  return isNewer(offered.version, lastDownload.version) ? 'NEW' : 'CURRENT';
}

function badgeOf(state: CardState): string | null {
  const words = portalMessages.card;
  const badges: Readonly<Record<CardState, string | null>> = {
    NEW: words.new,
    CURRENT: words.current,
    ENDED: words.ended,
    REFUSED: words.refused,
    OPEN: null,
    NOTHING: null,
  };
  return badges[state];
}

/** Why the newest version is not theirs; null: it is, or something else is newer. */
function refusedView({ name, latest, offered }: PortalProduct, vendor: VendorHelp) {
  if (latest === null || latest.access.allowed) return null;
  if (offered !== null && !isNewer(latest.version, offered.version)) return null;
  return refusalView({ refusal: latest.access, product: name, version: latest.version, offered: null }, vendor);
}

type Dated = Pick<OwnLicenseFieldsFragment, 'updatesUntil' | 'expiresAt' | 'maxDownloads' | 'downloadsUsed'>;

/** What a license says in short: until when, and how much of it is used. */
export function licenseFacts(license: Dated, { now, timeZone }: { readonly now: Date; readonly timeZone: string }): readonly string[] {
  const words = portalMessages.card;
  const { updatesUntil, expiresAt, maxDownloads, downloadsUsed } = license;
  const day = expiresAt === null ? null : calendarDate(new Date(expiresAt), timeZone);
  const isEnded = expiresAt !== null && new Date(expiresAt) <= now;
  const end = day === null ? words.endless : isEnded ? words.endedOn(day) : words.until(day);
  const isOver = updatesUntil !== null && updatesUntil < calendarDate(now, timeZone);
  const updates = updatesUntil === null ? null : isOver ? words.updatesEnded(updatesUntil) : words.updatesUntil(updatesUntil);
  return [isEnded ? end : (updates ?? end), maxDownloads === null ? words.unlimited : words.used(downloadsUsed, maxDownloads)];
}

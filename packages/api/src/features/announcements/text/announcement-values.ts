import { portalPath, renewalAddress } from '@slipway/shared';
import { announcementMessages as words } from '../../../messages/announcements.js';
import { calendarDayText } from '../../../messages/dates.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import type { License } from '../../licenses/license.entity.js';
import type { Product } from '../../products/product.entity.js';

/** A button, as far as it leads anywhere. */
export interface ButtonValue {
  readonly label: string;
  readonly url: string;
}

/** What is filled in for one person. */
export interface AnnouncementValues {
  /** Texts of one line each, by the name of the placeholder. */
  readonly texts: Readonly<Record<string, string>>;
  readonly changelog: string;
  readonly link: string;
  /** Null: it leads nowhere, and is left out. */
  readonly buttons: Readonly<Record<string, ButtonValue | null>>;
}

/** What is told of a release to everybody. */
export interface ToldFacts {
  readonly vendorName: string;
  readonly renewalUrl: string;
  readonly publicUrl: string;
  readonly product: Pick<Product, 'name' | 'slug'>;
  readonly row: Pick<Downloadable, 'version' | 'summary' | 'changelogExcerpt' | 'withdrawReason'>;
  readonly changelog: string;
}

/** What is told to one person. */
export interface PersonFacts {
  readonly name: string;
  readonly customer: string;
  readonly license: Pick<License, 'id' | 'keyHint' | 'updatesUntil'> | null;
}

/** What a recall adds. */
export interface RecallFacts {
  readonly fileName: string | null;
  readonly downloadedAt: Date | null;
  /** What this person may use instead. */
  readonly replacement: string | null;
  readonly acknowledgeUrl: string | null;
}

/** Where a release stands in the portal. */
export const releaseUrl = ({ publicUrl, product }: Pick<ToldFacts, 'publicUrl' | 'product'>, version: string): string =>
  `${publicUrl}${portalPath(product.slug, version)}`;

export function valuesFor(told: ToldFacts, person: PersonFacts, recall: RecallFacts | null): AnnouncementValues {
  const { row, product, vendorName } = told;
  const link = releaseUrl(told, row.version);
  const renewUrl = renewalAddress(told, person.license?.id ?? null);
  const updatesUntil = person.license?.updatesUntil;
  return {
    changelog: told.changelog,
    link,
    texts: {
      name: person.name,
      customer: person.customer,
      vendor: vendorName,
      product: product.name,
      version: row.version,
      summary: row.summary ?? row.changelogExcerpt,
      license: person.license ? `…${person.license.keyHint}` : '',
      updatesUntil: updatesUntil == null ? words.noLimit : calendarDayText(updatesUntil),
      reason: row.withdrawReason ?? '',
      file: recall?.fileName ?? '',
      downloadedOn: recall?.downloadedAt ? calendarDayText(recall.downloadedAt.toISOString().slice(0, 10)) : '',
      replacement: recall?.replacement ?? words.anotherVersion,
    },
    buttons: {
      download: { label: words.get(row.version), url: link },
      renew: renewUrl === null ? null : { label: words.renew, url: renewUrl },
      replace: recall?.replacement == null ? null : { label: words.get(recall.replacement), url: releaseUrl(told, recall.replacement) },
      acknowledge: recall?.acknowledgeUrl == null ? null : { label: words.replaced, url: recall.acknowledgeUrl },
    },
  };
}

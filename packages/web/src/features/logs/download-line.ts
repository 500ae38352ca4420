import { PLATFORM_LABELS } from '@slipway/shared';
import type { DownloadLineFieldsFragment, LoggedDownloadSource } from '../../graphql/documents.generated';
import { fromDetail, licenseDetail, moreOf, personDetail, releaseLink, requestDetail, whoLink, type LogLine } from './log-line';

export const SOURCE_LABELS: Readonly<Record<LoggedDownloadSource, string>> = {
  PORTAL: 'Portal',
  PERMALINK: 'Link',
  LICENSE_KEY: 'License key',
  MACHINE_KEY: 'Machine key',
  TOKEN: 'API token',
  SHARE_LINK: 'Share link',
  STAFF: 'Staff',
};

/** By what way; of a customer's machines by which one. */
const wayOf = ({ actor, source }: DownloadLineFieldsFragment): string =>
  actor?.kind === 'MACHINE' ? `by machine key ${actor.name}` : SOURCE_LABELS[source];

/** One download as a line. */
export function downloadLine(event: DownloadLineFieldsFragment): LogLine {
  const { fileName, platform, license, isCounted, client, source } = event;
  const counted = license ? [{ label: 'Counted', text: isCounted ? 'yes' : 'no, the same file within 24 hours', to: null }] : [];
  return {
    id: event.id,
    at: event.at,
    who: whoLink(event, source === 'SHARE_LINK' ? 'By share link' : 'Not signed in'),
    isQuiet: !event.customer && !event.actor,
    said: 'downloaded',
    isBad: false,
    subject: releaseLink(event),
    beside: platform ? PLATFORM_LABELS[platform] : (fileName ?? ''),
    note: [wayOf(event), client].filter(Boolean).join(', '),
    details: [
      ...(fileName ? [{ label: 'File', text: fileName, to: null }] : []),
      ...personDetail(event),
      ...licenseDetail(license, event),
      ...counted,
      ...fromDetail(event.address, client),
      ...requestDetail(event.requestId),
    ],
    changes: [],
    act: null,
    remedy: null,
    same: null,
    more: moreOf(event),
  };
}

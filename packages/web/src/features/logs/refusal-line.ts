import type { RefusalLineFieldsFragment } from '../../graphql/documents.generated';
import { numberText, withReadableDates } from '../../ui/date-text';
import {
  fromDetail,
  licenseDetail,
  moreOf,
  personDetail,
  releaseLink,
  requestDetail,
  whoLink,
  type LogDetail,
  type LogLine,
  type LogRemedy,
} from './log-line';
import { REFUSAL_TEXTS } from './refusal-texts';

/** One refusal as a line: who wanted what, and why not. */
export function refusalLine(event: RefusalLineFieldsFragment): LogLine {
  const { code, client, operation, keyEnding, license, fileName } = event;
  const said = event.notKept === null ? (REFUSAL_TEXTS[code]?.label ?? wordsOf(code)) : `${numberText(event.notKept)} more not kept`;
  const subject = releaseLink(event);
  return {
    id: event.id,
    at: event.at,
    who: event.notKept === null ? whoLink(event, 'Not signed in') : { text: 'Slipway', to: null },
    isQuiet: !event.customer && !event.actor,
    said: `${said.charAt(0).toUpperCase()}${said.slice(1)}${subject ? ':' : ''}`,
    isBad: event.status >= 500,
    subject,
    beside: fileName ?? '',
    note: client ?? operation,
    details: [
      ...(event.message ? [{ label: 'They read', text: `“${withReadableDates(event.message)}”`, to: null }] : []),
      ...personDetail(event),
      ...licenseDetail(license, event).concat(rulesDetail(event)),
      ...(keyEnding && !license ? [{ label: 'Key', text: `ending ${keyEnding}`, to: null }] : []),
      ...fromDetail(event.address, client),
      ...requestDetail(event.requestId),
      ...(event.notKept === null ? answerDetails(event) : [{ label: 'Why', text: 'Too many came in one minute.', to: null }]),
    ],
    changes: [],
    act: null,
    remedy: remedyOf(event),
    same: sameOf(event),
    more: moreOf(event),
  };
}

/** The same reason, for the same caller, about the same release. */
function sameOf({
  code,
  notKept,
  license,
  keyEnding,
  actor,
  address,
  downloadable,
  product,
  operation,
}: RefusalLineFieldsFragment): string | null {
  if (notKept !== null) return null;
  const caller = license?.id ?? keyEnding ?? actor?.id ?? address;
  // Of nobody that is known nothing says that it was the same.
  return caller === null ? null : JSON.stringify([code, caller, downloadable?.id ?? product?.id ?? operation]);
}

/** The decision, rule by rule, as it is for that time. */
function rulesDetail({ downloadable, license, customer, at }: RefusalLineFieldsFragment): readonly LogDetail[] {
  const who = license ? `license=${license.id}` : customer ? `customer=${customer.id}` : null;
  if (!downloadable || who === null) return [];
  return [{ label: 'Rules', text: 'Explain access', to: `/admin/access?${who}&release=${downloadable.id}&at=${at}` }];
}

function answerDetails({ code, status, operation }: RefusalLineFieldsFragment): readonly LogDetail[] {
  const asked = operation === '' ? [] : [{ label: 'Asked for', text: operation, to: null }];
  return [{ label: 'Code', text: `${code}, HTTP ${status}`, to: null }, ...asked];
}

function remedyOf({ code, customer, license, downloadable }: RefusalLineFieldsFragment): LogRemedy | null {
  const found = REFUSAL_TEXTS[code];
  if (!found) return null;
  const { title, text, action, aim } = found;
  const places: Readonly<Record<NonNullable<typeof aim>, string | null>> = {
    LICENSE: customer ? `/admin/customers/${customer.id}${license && action.includes('…') ? `?license=${license.id}` : ''}` : null,
    RELEASE: downloadable ? `/admin/downloadables/${downloadable.id}` : null,
    STORE: '/admin/logs/store',
  };
  const to = aim === null ? null : places[aim];
  return { title, text, action: to === null ? null : { label: action, to } };
}

/** `SETTING_FIXED` as "setting fixed". */
const wordsOf = (code: string): string => code.toLowerCase().replaceAll('_', ' ');

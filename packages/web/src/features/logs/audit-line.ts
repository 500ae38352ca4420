import type { AuditAction, AuditLineFieldsFragment, AuditSubject } from '../../graphql/documents.generated';
import { declarationOf, SETTING_NAMES } from '@slipway/shared';
import { actionText, changedFields, subjectText } from '../../ui/audit-text';
import { fromDetail, requestDetail, type LogLine, type LogLink } from './log-line';

const SETTING_LABELS = Object.fromEntries(SETTING_NAMES.map((name) => [name, declarationOf(name).label]));

const FAILURES = new Set<AuditAction>(['DOWNLOADABLE_SCHEDULE_FAILED', 'ASSET_EXPIRE']);
const KINDS: Readonly<Partial<Record<AuditSubject, string>>> = {
  CUSTOMER: 'the customer',
  LICENSE: 'the license of',
  MACHINE_KEY: 'the machine key',
  PRODUCT: 'the product',
  TOKEN: 'the token',
  USER: 'the account of',
};
/** Fields that a line names; more are in its details. */
const NAMED_FIELDS = 3;

/** One entry of the audit trail as a line. */
export function auditLine(event: AuditLineFieldsFragment): LogLine {
  const { action, actor } = event;
  const changes = changedFields(event.change, SETTING_LABELS);
  return {
    id: event.id,
    at: event.at,
    who: { text: actor.name, to: null },
    isQuiet: actor.kind === 'SYSTEM' || actor.kind === 'ANONYMOUS',
    ...verbOf(event),
    isBad: FAILURES.has(action),
    beside: '',
    note: noteOf(changes),
    details: [...fromDetail(event.address), ...requestDetail(event.requestId)],
    changes,
    act: null,
    remedy: null,
    same: null,
    more: moreOf(event),
  };
}

/** The verb, to be read before the subject: "it" of the verb is the subject. */
function verbOf(event: AuditLineFieldsFragment): { readonly said: string; readonly subject: LogLink | null } {
  const subject = subjectOf(event);
  const verb = actionText(event.action);
  const kind = KINDS[event.subjectType];
  if (!subject) return { said: actionText(event.action, subjectText(event)), subject: null };
  if (verb.endsWith(' it')) return { said: verb.replace(/ it$/, kind ? ` ${kind}` : ''), subject };
  return { said: `${verb}${verb.endsWith(' for it') ? '' : ':'}`.replace(/ for it$/, ' for'), subject };
}

/** What it was about, by its present name, else by the one that the event tells. */
function subjectOf(event: AuditLineFieldsFragment): LogLink | null {
  if (event.subjectType === 'SETTINGS') return { text: 'settings', to: '/admin/settings' };
  if (event.subject) return { text: event.subject.name, to: placeOf(event) };
  const { before, after } = event.change;
  const told = { ...before, ...after };
  const name = told['version'] ?? told['name'];
  return typeof name === 'string' && name !== '' ? { text: name, to: null } : null;
}

function placeOf({ subjectType, subjectId, subject }: AuditLineFieldsFragment): string | null {
  switch (subjectType) {
    case 'DOWNLOADABLE':
      return `/admin/downloadables/${subjectId}`;
    case 'CUSTOMER':
      return `/admin/customers/${subjectId}`;
    case 'LICENSE':
      return subject?.customerId ? `/admin/customers/${subject.customerId}?license=${subjectId}` : null;
    case 'PRODUCT':
      return `/admin/products?edit=${subjectId}`;
    case 'MACHINE_KEY':
      return subject?.customerId ? `/admin/customers/${subject.customerId}` : null;
    case 'USER':
      return subject?.customerId ? `/admin/customers/${subject.customerId}` : '/admin/staff';
    case 'LICENSE_IMPORT':
      return `/admin/licenses/import?id=${subjectId}`;
    case 'INVITATION':
      return '/admin/staff';
    case 'TOKEN':
      return '/admin/tokens';
    case 'MAIL':
      return '/admin/logs/mail';
    case 'SETTINGS':
    case 'STORE':
    case 'OTHER':
      return null;
  }
}

/** What of a new object tells most. */
const TELLING = ['fileName', 'email', 'size', 'label', 'channel', 'role', 'status'];

/** Of something new what tells most, of one field its change, of several their names. */
function noteOf(changes: LogLine['changes']): string {
  if (changes.length > 1 && changes.every(({ before }) => before === null)) {
    const told = TELLING.flatMap((key) => changes.find((field) => field.key === key)?.after ?? []).slice(0, 2);
    if (told.length > 0) return told.join(', ');
  }
  const [only] = changes;
  if (changes.length === 1 && only) {
    const text = only.before === null ? (only.after ?? '') : `${only.before} → ${only.after ?? 'empty'}`;
    return `${only.name} ${text.split('\n', 1)[0] ?? ''}`;
  }
  const names = changes.slice(0, NAMED_FIELDS).map(({ name }) => name);
  return changes.length > NAMED_FIELDS ? `${names.join(', ')} and ${changes.length - NAMED_FIELDS} more` : names.join(', ');
}

function moreOf({ actor, subjectType, subjectId, subject }: AuditLineFieldsFragment): LogLine['more'] {
  const about = subject ? [{ label: `All about ${subject.name}`, query: { about: `${subjectType.toLowerCase()}:${subjectId}` } }] : [];
  return actor.kind === 'ANONYMOUS' ? about : [...about, { label: `All by ${actor.name}`, query: { by: actor.id } }];
}

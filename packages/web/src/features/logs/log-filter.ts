/** What of the audit trail is shown, as the address has it: `?about=license:ID` or `?by=ID`. */
import type { AuditEventFilter, AuditSubject } from '../../graphql/documents.generated';

interface LogAddress {
  readonly about: string;
  readonly by: string;
}

/** What an address may name; people read the word. */
const SUBJECTS: Readonly<Record<string, AuditSubject>> = {
  customer: 'CUSTOMER',
  downloadable: 'DOWNLOADABLE',
  license: 'LICENSE',
  product: 'PRODUCT',
  settings: 'SETTINGS',
  token: 'TOKEN',
  user: 'USER',
};

/** The subject of the address; one that was mistyped is none. */
function subjectOf({
  about,
}: LogAddress): { readonly word: string; readonly subjectType: AuditSubject; readonly subjectId: string } | null {
  const [word = '', subjectId = ''] = about.split(':');
  const subjectType = SUBJECTS[word];
  return subjectType && subjectId !== '' ? { word, subjectType, subjectId } : null;
}

export function logFilter(address: LogAddress): AuditEventFilter | null {
  const subject = subjectOf(address);
  if (subject) return { subjectType: subject.subjectType, subjectId: subject.subjectId };
  return address.by === '' ? null : { actorId: address.by };
}

/** The filter in words, for the line above the list. */
export function filterText(address: LogAddress): string | null {
  const subject = subjectOf(address);
  if (subject?.subjectType === 'SETTINGS') return 'Only changes of settings.';
  if (subject) return `Only what concerns this ${subject.word === 'user' ? 'account' : subject.word}.`;
  return address.by === '' ? null : 'Only what this person, token or license did.';
}

/** What of the audit trail is shown, as the address has it: `?about=license:ID` or `?by=ID`. */
import type { AuditEventFilter } from '../../graphql/documents.generated';

export function logFilter(address: { readonly about: string; readonly by: string }): AuditEventFilter | null {
  const [subjectType, subjectId] = address.about.split(':');
  if (subjectType && subjectId) return { subjectType, subjectId };
  return address.by === '' ? null : { actorId: address.by };
}

/** The filter in words, for the line above the list. */
export function filterText(address: { readonly about: string; readonly by: string }): string | null {
  const [subjectType] = address.about.split(':');
  if (subjectType) return `Only what concerns this ${subjectType}.`;
  return address.by === '' ? null : 'Only what this person, token or license did.';
}

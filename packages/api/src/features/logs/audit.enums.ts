import { registerEnumType } from 'type-graphql';
import { AUDIT_ACTIONS, AUDIT_SUBJECTS, type AuditAction, type AuditSubject } from '../../machinery/audit/audit-actions.js';

/** What an older or a newer Slipway wrote, and this one has no name for. */
export const OTHER = 'other';

/** `shareLink.create` is SHARE_LINK_CREATE. */
const enumName = (code: string): string =>
  code
    .replace('.', '_')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toUpperCase();

const actions = { ...AUDIT_ACTIONS, [OTHER]: 'Something that this version of Slipway has no name for.' };
/** Named as in the schema; the values are what the rows hold. */
export const AuditActionEnum = namesOf<AuditAction | typeof OTHER>(Object.keys(actions));
export const AuditSubjectEnum = namesOf<AuditSubject | typeof OTHER>([...AUDIT_SUBJECTS, OTHER]);

registerEnumType(AuditActionEnum, {
  name: 'AuditAction',
  description: 'What was done, in the audit trail.',
  valuesConfig: Object.fromEntries(Object.entries(actions).map(([code, description]) => [enumName(code), { description }])),
});
registerEnumType(AuditSubjectEnum, { name: 'AuditSubject', description: 'The kind of object that something was done to.' });

function namesOf<T extends string>(codes: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(codes.map((code) => [enumName(code), code as T])); // every caller gives exactly the codes of T
}

/** @returns the code that the schema has a name for */
export function knownCode<T extends string>(members: Readonly<Record<string, T>>, code: string): T | typeof OTHER {
  return Object.values(members).find((known) => known === code) ?? OTHER;
}

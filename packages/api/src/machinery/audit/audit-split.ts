import type { AuditSubject } from './audit-actions.js';

/** A value that identifies a person, and whose it is. */
export interface PersonalValue {
  readonly place: string;
  readonly ownerId: string;
  readonly value: string;
}

/** What an event changed, without what identifies a person. */
export interface SplitChange {
  readonly beforeJson: string | null;
  readonly afterJson: string | null;
  readonly personal: readonly PersonalValue[];
}

export interface Change {
  readonly subjectType: string;
  readonly subjectId: string;
  readonly before: object | null;
  readonly after: object | null;
}

interface PersonalFields {
  readonly fields: readonly string[];
  /** The field that names the owner where it is not the subject itself. */
  readonly ownerField?: string;
}

/** Which fields of which subject identify a person; what staff types freely about somebody counts as such. */
const LABEL: PersonalFields = { fields: ['label'], ownerField: 'shareLinkId' };
const PERSONAL: Readonly<Record<AuditSubject, PersonalFields>> = {
  customer: { fields: ['name', 'email', 'company'] },
  user: { fields: ['name', 'email', 'newEmail'] },
  invitation: { fields: ['name', 'email'] },
  license: { fields: ['statusReason', 'customerReason', 'notes', 'externalReference', 'tags'], ownerField: 'customerId' },
  licenseImport: { fields: [] },
  machineKey: { fields: ['name'], ownerField: 'customerId' },
  token: { fields: ['name'], ownerField: 'createdBy' },
  downloadable: LABEL,
  product: LABEL,
  mail: { fields: [] },
  settings: { fields: [] },
  store: { fields: [] },
};

/** Written anew with every change, or derived from what is told anyway. */
const UNTOLD: ReadonlySet<string> = new Set(['updatedAt', 'statusChangedAt', 'emailKey', 'nameKey']);

/** Of a change, the fields that differ; those that identify a person apart. */
export function splitChange(change: Change): SplitChange {
  const [before, after] = differing(toldOf(change.before), toldOf(change.after));
  const whole = { ...toldOf(change.before), ...toldOf(change.after) };
  // A subject of a newer Slipway may be unknown here: nothing of it is known to be personal.
  const { fields, ownerField } = PERSONAL[change.subjectType as AuditSubject] ?? { fields: [] };
  const owner = ownerField === undefined ? null : whole[ownerField];
  const ownerId = typeof owner === 'string' ? owner : change.subjectId;
  const sides = [splitSide('before', before, fields), splitSide('after', after, fields)] as const;
  return {
    beforeJson: sides[0].json,
    afterJson: sides[1].json,
    personal: sides.flatMap(({ values }) => values).map((value) => ({ ...value, ownerId })),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function toldOf(side: object | null): Fields | null {
  return side && Object.fromEntries(Object.entries(side).filter(([name, value]) => value !== undefined && !UNTOLD.has(name)));
}

/** Leaves out what both sides have alike. */
function differing(before: Fields | null, after: Fields | null): readonly [Fields | null, Fields | null] {
  if (!before || !after) return [before, after];
  const isSame = (name: string): boolean => name in before && name in after && JSON.stringify(before[name]) === JSON.stringify(after[name]);
  const without = (side: Fields): Fields => Object.fromEntries(Object.entries(side).filter(([name]) => !isSame(name)));
  return [without(before), without(after)];
}

function splitSide(
  side: 'before' | 'after',
  fields: Fields | null,
  personal: readonly string[],
): { json: string | null; values: { place: string; value: string }[] } {
  if (!fields) return { json: null, values: [] };
  const isPersonal = ([name, value]: [string, unknown]): boolean => personal.includes(name) && typeof value === 'string' && value !== '';
  const entries = Object.entries(fields);
  return {
    json: JSON.stringify(Object.fromEntries(entries.filter((entry) => !isPersonal(entry)))),
    values: entries.filter(isPersonal).map(([name, value]) => ({ place: `${side}.${name}`, value: String(value) })),
  };
}

import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import { createLog } from '../../kernel/log.js';
import { newId } from '../../kernel/ids.js';
import { Audit } from '../../machinery/audit/audit.service.js';
import type { AuditFault } from '../../machinery/audit/audit-check.js';
import { AuditSealer } from '../../machinery/audit/audit-sealer.js';
import { AuditVerifier, type AuditPage } from '../../machinery/audit/audit-verifier.js';
import { TestClock } from '../clock.js';
import { TEST_SECRETS } from '../test-secrets.js';

/** Rows that one transaction of a test writes. */
const BATCH = 100;

/** What somebody did to customers, an event each, at a second of its own. */
export async function recordEvents(database: Database, count: number, clock = new TestClock()): Promise<void> {
  const audit = new Audit(clock, TEST_SECRETS);
  for (let done = 0; done < count; done += BATCH)
    await database.transaction(async (tx) => {
      for (let index = done; index < Math.min(done + BATCH, count); index += 1) {
        clock.advance({ seconds: 1 });
        const after = { name: `Customer ${index}`, email: `customer-${index}@customer.example`, company: null, plan: index };
        await audit.recordBySystem(tx, { action: 'customer.create', subjectType: 'customer', subjectId: newId(), after });
      }
    });
}

export const sealAll = (database: Database): Promise<number> =>
  new AuditSealer({ database, secrets: TEST_SECRETS, log: createLog('silent') }).seal();

/** Everything that verifying finds, from the first page to the last. */
export async function verifyAll(database: Database): Promise<Omit<AuditPage, 'through' | 'isDone'> & { pages: number }> {
  const verifier = new AuditVerifier(database, TEST_SECRETS);
  const all = { checked: 0, erased: 0, unsealed: 0, faults: [] as AuditFault[], pages: 0 };
  for (let after = 0; ;) {
    const page = await verifier.verifyPage(after);
    all.checked += page.checked;
    all.erased += page.erased;
    all.unsealed += page.unsealed;
    all.faults.push(...page.faults);
    all.pages += 1;
    if (page.isDone) return all;
    after = page.through;
  }
}

/** What somebody who has the database, and not the secret, does to some events. */
export type Sabotage = (tx: Transaction, victims: readonly Victim[]) => Promise<void>;
export interface Victim {
  readonly sequence: number;
  readonly id: string;
  readonly at: string;
}

const each =
  (sql: string, parametersOf: (victim: Victim, index: number) => readonly (string | number)[]): Sabotage =>
  async (tx, victims) => {
    for (const [index, victim] of victims.entries()) await tx.execute(sql, parametersOf(victim, index));
  };

const deleteEvents = each('DELETE FROM audit_event WHERE id = ?', ({ id }) => [id]);
const deleteSeals = each('DELETE FROM audit_seal WHERE sequence = ?', ({ sequence }) => [sequence]);
const deletePersonal = each('DELETE FROM audit_personal WHERE event_id = ?', ({ id }) => [id]);

const both =
  (...steps: readonly Sabotage[]): Sabotage =>
  async (tx, victims) => {
    for (const step of steps) await step(tx, victims);
  };

/** Each of two victims in the place of the other. */
function swap(isThorough: boolean): Sabotage {
  return async (tx, victims) => {
    for (let index = 0; index + 1 < victims.length; index += 2) {
      const [a, b] = [victims[index], victims[index + 1]];
      if (!a || !b) continue;
      await tx.execute('UPDATE audit_seal SET event_id = ? WHERE sequence = ?', ['elsewhere', a.sequence]);
      await tx.execute('UPDATE audit_seal SET event_id = ? WHERE sequence = ?', [a.id, b.sequence]);
      await tx.execute('UPDATE audit_seal SET event_id = ? WHERE sequence = ?', [b.id, a.sequence]);
      if (!isThorough) continue;
      await tx.execute('UPDATE audit_event SET sequence = ? WHERE id = ?', [b.sequence, a.id]);
      await tx.execute('UPDATE audit_event SET sequence = ? WHERE id = ?', [a.sequence, b.id]);
    }
  };
}

/** What is done to events that were there, and how each of them is named. */
export const SABOTAGES: readonly (readonly [what: string, kind: AuditFault['kind'], Sabotage])[] = [
  ['what was done is another thing', 'CHANGED', each(`UPDATE audit_event SET action = 'customer.update' WHERE id = ?`, ({ id }) => [id])],
  [
    'a value is another one',
    'CHANGED',
    each('UPDATE audit_event SET after_json = ? WHERE id = ?', ({ id }, n) => [`{"plan":-${n + 1}}`, id]),
  ],
  ['text that is no JSON stands in them', 'CHANGED', each(`UPDATE audit_event SET after_json = '{' WHERE id = ?`, ({ id }) => [id])],
  [
    'they happened at another time',
    'CHANGED',
    each(`UPDATE audit_event SET at = '2020-01-01 00:00:00.000' WHERE id = ?`, ({ id }) => [id]),
  ],
  ['somebody else did it', 'CHANGED', each(`UPDATE audit_event SET actor_id = 'somebody' WHERE id = ?`, ({ id }) => [id])],
  ['their stamps are gone', 'INSERTED', each('UPDATE audit_event SET stamp = NULL WHERE id = ?', ({ id }) => [id])],
  ['a name is another one', 'PERSONAL_CHANGED', each(`UPDATE audit_personal SET value = 'Nobody' WHERE event_id = ?`, ({ id }) => [id])],
  ['names are gone', 'PERSONAL_CHANGED', deletePersonal],
  [
    'names are erased by nobody',
    'PERSONAL_CHANGED',
    each('UPDATE audit_personal SET value = NULL, salt = NULL, erased_by = ? WHERE event_id = ?', ({ id }) => [id, id]),
  ],
  ['they are deleted', 'MISSING', both(deleteEvents, deletePersonal)],
  ['they are deleted with their seals', 'MISSING', both(deleteEvents, deletePersonal, deleteSeals)],
  ['their seals are deleted', 'MOVED', deleteSeals],
  ['their seals are other ones', 'MOVED', each('UPDATE audit_seal SET seal = ? WHERE sequence = ?', ({ sequence, id }) => [id, sequence])],
  ['two have changed places', 'MOVED', swap(false)],
  ['two have changed places, seals and rows', 'MOVED', swap(true)],
  ['they have lost their places', 'MOVED', each('UPDATE audit_event SET sequence = NULL WHERE id = ?', ({ id }) => [id])],
];

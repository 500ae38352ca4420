import { checkTag, extendedEnds, tagKey, type ExtensionStep, type Problem } from '@slipway/shared';
import type { Transaction } from '../../../database/transaction.js';
import type { RequestContext } from '../../../kernel/context.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { badInput } from '../../../kernel/problem/faults.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import { requireNotRevoked, type LicenseChanges } from '../license-changes.js';
import type { License } from '../license.entity.js';
import { applyChange } from '../license.rules.js';
import type { ChangeLicensesInput } from './license-task.schema.js';

/** The word that confirms what cannot be undone. */
const REVOKE_WORD = 'revoke';
const MONTHS_MAX = 120;

/** Refuses a change that no license could take. @throws PublicFault BAD_USER_INPUT, Refusal */
export function checkBulkInput(input: ChangeLicensesInput, now: Date): void {
  const most = LIMITS.bulkLicenses.most;
  if ((input.ids == null) === (input.filter == null)) throw badInput('Give ids or filter, and not both.');
  if (input.ids != null && (input.ids.length === 0 || input.ids.length > most))
    throw badInput(`Send 1 to ${most.toLocaleString('en')} ids at a time; this request has ${input.ids.length}.`);
  switch (input.action) {
    case 'SUSPEND':
    case 'REVOKE':
      return checkStanding(input, now);
    case 'EXTEND':
      return void stepOf(input);
    case 'ADD_TAG':
    case 'REMOVE_TAG':
      return refuseProblem(input.tag == null ? TAG_MISSING : checkTag(input.tag), 'tag');
    case 'REINSTATE':
    case 'SET_UPDATES':
      return undefined;
  }
}

const TAG_MISSING: Problem = { code: 'NAME_REQUIRED', message: 'The tag is missing: enter it.' };

function refuseProblem(problem: Problem | null, field: string): void {
  if (problem) refuse(problem.code, problem.message, field);
}

/** The reasons are checked by the rule that every license goes through. */
function checkStanding({ action, confirm, reason = null, customerReason = null }: ChangeLicensesInput, now: Date): void {
  if (action === 'REVOKE' && confirm?.trim().toLowerCase() !== REVOKE_WORD)
    refuse('CONFIRMATION_MISMATCH', `Type ${REVOKE_WORD} to confirm: a revoked license can never be reinstated.`, 'confirm');
  const blank = { status: 'ACTIVE', statusReason: null, customerReason: null, statusChangedAt: null } as const;
  applyChange(blank, { change: action === 'REVOKE' ? 'revoke' : 'suspend', reason, customerReason }, now);
}

/** By how much, or until when. */
function stepOf({ months, days, expiresAt }: ChangeLicensesInput): ExtensionStep | { readonly expiresAt: Date } {
  const given = [months, days, expiresAt].filter((one) => one != null);
  if (given.length !== 1) return refuse('VALUE_INVALID', 'Give months, days or expiresAt, and one of them only.', 'months');
  if (months != null) return { months: within(months, MONTHS_MAX, 'months') };
  if (days != null) return { days: within(days, LIMITS.endsWithinDays.most, 'days') };
  if (expiresAt == null) return refuse('VALUE_INVALID', 'Give months, days or expiresAt.', 'expiresAt');
  return { expiresAt };
}

function within(value: number, most: number, field: string): number {
  if (value < 1 || value > most) refuse('VALUE_INVALID', `Extend by 1 to ${most.toLocaleString('en')} ${field}.`, field);
  return value;
}

/** What a bulk change needs. */
export interface BulkChangeUse {
  readonly changes: LicenseChanges;
  readonly clock: { now: () => Date };
  readonly settings: { read: () => Promise<{ readonly timeZone: string }> };
}

/** Changes one license of many, in the transaction that notes what became of it. @returns whether it was otherwise before */
export async function changeOne(
  tx: Transaction,
  use: BulkChangeUse,
  one: { readonly context: RequestContext; readonly input: ChangeLicensesInput; readonly licenseId: string },
): Promise<boolean> {
  const before = await use.changes.lock(tx, one.context, one.licenseId);
  const after = await apply(tx, use, { ...one, before });
  return JSON.stringify(after) !== JSON.stringify(before);
}

interface OneLicense {
  readonly context: RequestContext;
  readonly input: ChangeLicensesInput;
  readonly before: License;
}

async function apply(tx: Transaction, use: BulkChangeUse, { context, input, before }: OneLicense): Promise<License> {
  const { id } = before;
  const { reason = null, customerReason = null } = input;
  const stand = { id, reason, customerReason };
  const update = (change: object): Promise<License> => use.changes.update(tx, context, { id, ...change });
  switch (input.action) {
    case 'SUSPEND':
      return use.changes.change(tx, context, { ...stand, change: 'suspend' });
    case 'REINSTATE':
      return use.changes.change(tx, context, { id, change: 'reinstate' });
    case 'REVOKE':
      return use.changes.change(tx, context, { ...stand, change: 'revoke' });
    case 'EXTEND':
      return update(await extension(use, input, before));
    case 'SET_UPDATES':
      return update({ updatesUntil: input.updatesUntil ?? null });
    case 'ADD_TAG':
      return update({ tags: [...before.tags, input.tag ?? ''] });
    case 'REMOVE_TAG':
      return update({ tags: before.tags.filter((tag) => tagKey(tag) !== tagKey(input.tag ?? '')) });
  }
}

async function extension({ clock, settings }: BulkChangeUse, input: ChangeLicensesInput, before: License): Promise<object> {
  requireNotRevoked(before);
  const step = stepOf(input);
  if ('expiresAt' in step) return step;
  if (before.expiresAt === null && before.updatesUntil === null)
    refuse('VALUE_INVALID', 'This license and its updates never end: there is nothing to extend.');
  return extendedEnds(before, step, { now: clock.now(), timeZone: (await settings.read()).timeZone });
}

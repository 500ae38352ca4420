import { checkTag, extendedEnds, tagKey, type ExtensionStep, type LicenseChange, type Problem } from '@slipway/shared';
import type { Transaction } from '../../../database/transaction.js';
import type { RequestContext } from '../../../kernel/context.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { badInput } from '../../../kernel/problem/faults.js';
import { refuse, Refusal } from '../../../kernel/problem/refusal.js';
import { requireNotRevoked, type LicenseChanges } from '../license-changes.js';
import type { License } from '../license.entity.js';
import { applyChange, applyTerms, checkTerms } from '../license.rules.js';
import type { UpdateLicenseInput } from '../license.schema.js';
import type { ChangeLicensesInput } from './license-task.schema.js';

/** The word that confirms what cannot be undone. */
const REVOKE_WORD = 'revoke';
const MONTHS_MAX = 120;

/** Refuses a change that no license could take. @throws PublicFault BAD_USER_INPUT, Refusal */
export function checkBulkInput(input: ChangeLicensesInput, now: Date): void {
  checkTarget(input);
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

/** Refuses to preview what no license could take; a preview is nothing to confirm. @throws PublicFault BAD_USER_INPUT, Refusal */
export function checkPreviewedInput(input: ChangeLicensesInput): void {
  checkTarget(input);
  if (input.action === 'ADD_TAG' || input.action === 'REMOVE_TAG')
    throw badInput('Tags change nothing for customers: preview SUSPEND, REINSTATE, REVOKE, EXTEND or SET_UPDATES.');
  if (input.action === 'EXTEND') stepOf(input);
}

function checkTarget({ ids, filter }: ChangeLicensesInput): void {
  const most = LIMITS.bulkLicenses.most;
  if ((ids == null) === (filter == null)) throw badInput('Give ids or filter, and not both.');
  if (ids != null && (ids.length === 0 || ids.length > most))
    throw badInput(`Send 1 to ${most.toLocaleString('en')} ids at a time; this request has ${ids.length}.`);
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
  const now = use.clock.now();
  const change = changeOf(input, before, { now, timeZone: (await use.settings.read()).timeZone });
  if ('terms' in change) return use.changes.update(tx, context, { id, ...change.terms });
  const { reason = null, customerReason = null } = input;
  return use.changes.change(tx, context, { id, reason, customerReason, change: change.standing });
}

/** What an action changes of one license: how it stands, or what it covers. */
type OneChange = { readonly standing: LicenseChange } | { readonly terms: Partial<UpdateLicenseInput> };

interface Moment {
  readonly now: Date;
  readonly timeZone: string;
}

function changeOf(input: ChangeLicensesInput, before: License, at: Moment): OneChange {
  switch (input.action) {
    case 'SUSPEND':
      return { standing: 'suspend' };
    case 'REINSTATE':
      return { standing: 'reinstate' };
    case 'REVOKE':
      return { standing: 'revoke' };
    case 'EXTEND':
      return { terms: extension(input, before, at) };
    case 'SET_UPDATES':
      return { terms: { updatesUntil: input.updatesUntil ?? null } };
    case 'ADD_TAG':
      return { terms: { tags: [...before.tags, input.tag ?? ''] } };
    case 'REMOVE_TAG':
      return { terms: { tags: before.tags.filter((tag) => tagKey(tag) !== tagKey(input.tag ?? '')) } };
  }
}

function extension(input: ChangeLicensesInput, before: License, at: Moment): Partial<UpdateLicenseInput> {
  requireNotRevoked(before);
  const step = stepOf(input);
  if ('expiresAt' in step) return step;
  if (before.expiresAt === null && before.updatesUntil === null)
    refuse('VALUE_INVALID', 'This license and its updates never end: there is nothing to extend.');
  return extendedEnds(before, step, at);
}

/** A license as an action would leave it: as it is, where the action would be refused. */
export function previewOne(input: ChangeLicensesInput, before: License, at: Moment): License {
  try {
    const change = changeOf(input, before, at);
    if ('standing' in change) return { ...before, ...applyChange(before, { ...NO_REASONS, change: change.standing }, at.now) };
    requireNotRevoked(before);
    const terms = applyTerms(before, change.terms);
    checkTerms(terms, { channels: null, timeZone: at.timeZone });
    return { ...before, ...terms };
  } catch (error) {
    if (error instanceof Refusal) return before;
    throw error;
  }
}

const NO_REASONS = { reason: null, customerReason: null };

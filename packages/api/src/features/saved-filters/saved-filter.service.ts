import { checkName } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { notFound } from '../../kernel/problem/faults.js';
import { newId } from '../../kernel/ids.js';
import { FieldProblems, refuse } from '../../kernel/problem/refusal.js';
import { requireRoom } from '../../kernel/limit-room.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { UserAccount } from '../accounts/user-account.entity.js';
import { SavedFilter } from './saved-filter.entity.js';
import type { SaveFilterInput } from './saved-filter.schema.js';

const NAME_MAX_LENGTH = 60;
const QUERY_MAX_LENGTH = 2_000;
const FULL_MENU = { who: 'You have', advice: 'delete one first, or save under one of their names', field: 'name' };
/** What a browser writes into the query of an address. */
const QUERY = /^[\w\-.~!$&'()*+,;=:@/?%]*$/;

/** Keeps people's filters of the list of downloadables. They are their own: nobody else sees or changes them. */
export class SavedFilterService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** One's own filters, by name; tokens have none. */
  async list({ actor }: RequestContext): Promise<SavedFilter[]> {
    if (actor.kind !== 'USER') return [];
    return this.database.read.find(SavedFilter, {
      where: { userId: actor.userId },
      order: { nameKey: 'ASC' },
      take: LIMITS.savedFilters.most,
    });
  }

  /** Keeps a filter; the same name again replaces it. @throws Refusal by field, TOO_MANY */
  async save(context: RequestContext, input: SaveFilterInput): Promise<SavedFilter> {
    const userId = requirePerson(context);
    checkInput(input);
    const name = input.name.trim();
    return this.database.transaction(async (tx) => {
      // One at a time per person: two windows cannot both save the fiftieth, or one name twice.
      await tx.lock(UserAccount, { id: userId });
      const known = await tx.manager.findBy(SavedFilter, { userId });
      const same = known.find(({ nameKey }) => nameKey === name.toLowerCase());
      if (!same) requireRoom(LIMITS.savedFilters, known.length, FULL_MENU);
      const row = { userId, name, nameKey: name.toLowerCase(), query: input.query };
      const saved = same ? { ...same, ...row } : { ...row, id: newId(), createdAt: this.clock.now() };
      if (same) await tx.manager.update(SavedFilter, { id: same.id }, row);
      else await tx.manager.insert(SavedFilter, saved);
      return saved;
    });
  }

  async delete(context: RequestContext, id: string): Promise<void> {
    const userId = requirePerson(context);
    const { affected } = await this.database.transaction((tx) => tx.manager.delete(SavedFilter, { id, userId }));
    if (affected !== 1) throw notFound('saved filter');
  }
}

function requirePerson({ actor }: RequestContext): string {
  if (actor.kind === 'USER') return actor.userId;
  return refuse('PERSON_REQUIRED', 'Filters are saved for people, not for tokens: sign in with an account.');
}

function checkInput({ name, query }: SaveFilterInput): void {
  const problems = new FieldProblems();
  problems.add('name', checkName(name.trim(), { label: 'The name', maxLength: NAME_MAX_LENGTH }));
  if (query.length > QUERY_MAX_LENGTH || !QUERY.test(query)) {
    const message = `The filter must be the query of an address, up to ${QUERY_MAX_LENGTH} characters, for example status=DRAFT&sort=-version.`;
    problems.add('query', { code: 'VALUE_INVALID', message });
  }
  problems.throwIfAny();
}

import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { Database } from '../../database/database.js';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { Weight } from '../../kernel/limits/weight.js';
import { badInput } from '../../kernel/problem/faults.js';
import { findActors, searchActors } from './actor-names.js';
import { AuditActorArgs, AuditActorType } from './audit-event.schema.js';
import { requireLogs } from './log-filter.js';

/** More than that are narrowed down by typing. */
const SHOWN_MAX_COUNT = 20;

/** Whose events can be asked for. */
@Resolver(() => AuditActorType)
export class AuditActorResolver {
  constructor(private readonly database: Database) {}

  @Access('log:read')
  @Weight({ items: SHOWN_MAX_COUNT, work: 5 })
  @Query(() => [AuditActorType], {
    description: `Lists staff, tokens and, for a search, machine keys whose events \`auditEvents\` can be filtered by, the first ${SHOWN_MAX_COUNT} by name. A search looks through the newest 1,000 tokens and the newest 1,000 machine keys. Requires \`log:read\`.`,
  })
  async auditActors(
    @Ctx() context: RequestContext,
    @Args(() => AuditActorArgs) { search, id }: AuditActorArgs,
  ): Promise<readonly AuditActorType[]> {
    requireLogs(context);
    if (search != null && id != null) throw badInput('Give search or id, not both.');
    const found = id == null ? await searchActors(this.database, search ?? '') : await findActors(this.database, [id]);
    return found.slice(0, SHOWN_MAX_COUNT);
  }
}

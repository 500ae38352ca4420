import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { mayUse, seesDrafts } from '../../kernel/actor.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { badInput, forbidden } from '../../kernel/problem/faults.js';
import { ForwardPageArgs, type Connection } from '../../kernel/pagination.js';
import { Weight } from '../../kernel/limits/weight.js';
import type { AuditEvent } from '../../machinery/audit/audit-event.entity.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import { DownloadableType } from '../downloadables/downloadable.type.js';
import {
  AuditActorType,
  AuditChangeType,
  AuditEventArgs,
  AuditEventConnection,
  AuditEventType,
  type AuditEventFilter,
} from './audit-event.schema.js';
import type { AuditList, AuditScope } from './audit-list.js';

const SYSTEM_NAMES: Readonly<Record<string, string>> = { SYSTEM: 'Slipway', ANONYMOUS: 'Somebody not signed in' };

@Resolver(() => AuditEventType)
export class AuditResolver {
  constructor(
    private readonly events: AuditList,
    private readonly names: LoaderDefinition<string, string | null>,
  ) {}

  @Access('log:read')
  @Query(() => AuditEventConnection, { name: 'auditEvents', description: 'The audit trail, newest first.' })
  listAuditEvents(
    @Ctx() context: RequestContext,
    @Args(() => AuditEventArgs) { filter, ...page }: AuditEventArgs,
  ): Promise<Connection<AuditEvent>> {
    // Events belong to no product: a token for one product reads the history of that product's releases instead.
    if (!mayUse(context.actor, 'log:read', null)) throw forbidden('log:read');
    return this.events.list(scopeOf(filter ?? {}), page);
  }

  @FieldResolver(() => AuditActorType, { description: 'Who.' })
  async actor(@Ctx() context: RequestContext, @Root() event: AuditEvent): Promise<AuditActorType> {
    const known = SYSTEM_NAMES[event.actorKind] ?? (await context.loader(this.names).load(event.actorId));
    return { kind: event.actorKind, id: event.actorId, name: known ?? 'Somebody who is gone' };
  }

  @FieldResolver(() => AuditChangeType, { description: 'What of the object it changed.' })
  change(@Root() event: AuditEvent): AuditChangeType {
    return { before: readJson(event.beforeJson), after: readJson(event.afterJson) };
  }

  @Weight({ bytes: 20 })
  @FieldResolver(() => String, { nullable: true, description: 'From which address, for those who read logs.' })
  address(@Ctx() context: RequestContext, @Root() event: AuditEvent): string | null {
    return mayUse(context.actor, 'log:read', null) ? event.address || null : null;
  }

  @Weight({ bytes: 40 })
  @FieldResolver(() => String, { nullable: true, description: 'In which request, for those who read logs.' })
  requestId(@Ctx() context: RequestContext, @Root() event: AuditEvent): string | null {
    return mayUse(context.actor, 'log:read', null) ? event.requestId || null : null;
  }
}

@Resolver(() => DownloadableType)
export class DownloadableHistoryResolver {
  constructor(private readonly events: AuditList) {}

  @FieldResolver(() => AuditEventConnection, {
    nullable: true,
    description: 'What was done to it, newest first; null unless you see drafts.',
  })
  history(
    @Ctx() context: RequestContext,
    @Root() row: Downloadable,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<Connection<AuditEvent>> | null {
    if (!seesDrafts(context.actor, row.productId)) return null;
    return this.events.history(context, { type: 'downloadable', id: row.id }, page);
  }
}

function scopeOf(filter: AuditEventFilter): AuditScope {
  const { subjectType, subjectId, actorId } = filter;
  if ((subjectType == null) !== (subjectId == null)) throw badInput('Give subjectType and subjectId together.');
  if (subjectId != null && actorId != null) throw badInput('Give subjectId or actorId, not both.');
  if (subjectType != null && subjectId != null) return { subject: { type: subjectType, id: subjectId } };
  return actorId == null ? {} : { actorId };
}

function readJson(text: string | null): Record<string, unknown> | null {
  // Written by `Audit` from an object.
  return text === null ? null : (JSON.parse(text) as Record<string, unknown>);
}

import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { mayUse, seesDrafts } from '../../kernel/policy.js';
import { Access } from '../../kernel/access.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { forbidden } from '../../kernel/problem/faults.js';
import { ForwardPageArgs, type Connection } from '../../kernel/pagination.js';
import { Weight } from '../../kernel/limits/weight.js';
import type { AuditPersonal } from '../../machinery/audit/audit-chain.entities.js';
import type { AuditEvent } from '../../machinery/audit/audit-event.entity.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import { DownloadableType } from '../downloadables/downloadable.type.js';
import { nameActor } from './actor-names.js';
import {
  AuditActorType,
  AuditChangeType,
  AuditEventArgs,
  AuditEventConnection,
  AuditEventType,
  AuditSubjectName,
} from './audit-event.schema.js';
import { AuditActionEnum, AuditSubjectEnum, knownCode } from './audit.enums.js';
import type { AuditList } from './audit-list.js';
import { wholeChange } from './audit-personal.js';

@Resolver(() => AuditEventType)
export class AuditResolver {
  constructor(
    private readonly events: AuditList,
    private readonly names: {
      readonly actor: LoaderDefinition<string, string | null>;
      readonly subject: LoaderDefinition<string, AuditSubjectName | null>;
    },
    private readonly personal: LoaderDefinition<string, readonly AuditPersonal[]>,
  ) {}

  @Access('log:read')
  @Query(() => AuditEventConnection, { name: 'auditEvents', description: 'Lists the audit trail, newest first. Requires `log:read`.' })
  listAuditEvents(
    @Ctx() context: RequestContext,
    @Args(() => AuditEventArgs) { filter, ...page }: AuditEventArgs,
  ): Promise<Connection<AuditEvent>> {
    // Events belong to no product: a token for one product reads the history of that product's releases instead.
    if (!mayUse(context.actor, 'log:read', null)) throw forbidden('log:read');
    return this.events.list(filter ?? {}, page);
  }

  @FieldResolver(() => AuditActionEnum, { description: 'What was done, for example `DOWNLOADABLE_PUBLISH`.' })
  action(@Root() event: AuditEvent): string {
    return knownCode(AuditActionEnum, event.action);
  }

  @FieldResolver(() => AuditSubjectEnum, { description: 'The kind of object that the action was taken on.' })
  subjectType(@Root() event: AuditEvent): string {
    return knownCode(AuditSubjectEnum, event.subjectType);
  }

  @FieldResolver(() => AuditSubjectName, {
    nullable: true,
    description: 'The name of the object. Null if it is gone or has none, or unless you have `log:read`.',
  })
  async subject(@Ctx() context: RequestContext, @Root() event: AuditEvent): Promise<AuditSubjectName | null> {
    if (!mayUse(context.actor, 'log:read', null)) return null;
    return context.loader(this.names.subject).load(`${event.subjectType}:${event.subjectId}`);
  }

  @FieldResolver(() => AuditActorType, { description: 'Who took the action.' })
  actor(@Ctx() context: RequestContext, @Root() event: AuditEvent): Promise<AuditActorType> {
    return nameActor(context, this.names.actor, { kind: event.actorKind, id: event.actorId });
  }

  @FieldResolver(() => AuditChangeType, { description: 'What the action changed in the object.' })
  async change(@Ctx() context: RequestContext, @Root() event: AuditEvent): Promise<AuditChangeType> {
    return wholeChange(event, await this.#personalOf(context, event));
  }

  @Weight({ bytes: 20 })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The IP address that the request came from. Null unless you have `log:read`.',
  })
  async address(@Ctx() context: RequestContext, @Root() event: AuditEvent): Promise<string | null> {
    if (!mayUse(context.actor, 'log:read', null)) return null;
    return event.address || ((await this.#personalOf(context, event)).find(({ place }) => place === 'address')?.value ?? null);
  }

  @Weight({ bytes: 40 })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The ID of the request, as in the server’s log. Null unless you have `log:read`.',
  })
  requestId(@Ctx() context: RequestContext, @Root() event: AuditEvent): string | null {
    return mayUse(context.actor, 'log:read', null) ? event.requestId || null : null;
  }

  async #personalOf(context: RequestContext, event: AuditEvent): Promise<readonly AuditPersonal[]> {
    return event.personalJson === null ? [] : context.loader(this.personal).load(event.id);
  }
}

@Resolver(() => DownloadableType)
export class DownloadableHistoryResolver {
  constructor(private readonly events: AuditList) {}

  @FieldResolver(() => AuditEventConnection, {
    nullable: true,
    description: 'The audit trail of the downloadable, newest first. Null unless you have `release:read`.',
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

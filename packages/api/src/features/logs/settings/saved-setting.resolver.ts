import DataLoader from 'dataloader';
import { In } from 'typeorm';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Database } from '../../../database/database.js';
import type { LoaderDefinition, RequestContext } from '../../../kernel/context.js';
import { mayUse } from '../../../kernel/policy.js';
import { AuditEvent } from '../../../machinery/audit/audit-event.entity.js';
import { SavedSettingType } from '../../settings/settings.schema.js';
import type { SavedSetting } from '../../settings/settings.service.js';
import { nameActor } from '../actor-names.js';
import { AuditActorType, AuditEventType } from '../audit-event.schema.js';

/** Events of the audit trail by their ids; null for those that went with retention. */
export function auditEventById(database: Database): LoaderDefinition<string, AuditEvent | null> {
  return {
    name: 'auditEventById',
    make: () =>
      new DataLoader(async (ids: readonly string[]) => {
        const events = await database.read.findBy(AuditEvent, { id: In([...ids]) });
        const known = new Map(events.map((event) => [event.id, event]));
        return ids.map((id) => known.get(id) ?? null);
      }),
  };
}

/** Who saved a setting: names come from where the audit trail has them. */
@Resolver(() => SavedSettingType)
export class SavedSettingResolver {
  constructor(
    private readonly actorName: LoaderDefinition<string, string | null>,
    private readonly eventById: LoaderDefinition<string, AuditEvent | null>,
  ) {}

  @FieldResolver(() => AuditActorType, {
    nullable: true,
    description: 'Who saved the setting. Null if Slipway itself did, or an older version that did not note it.',
  })
  async savedBy(@Ctx() context: RequestContext, @Root() { savedByKind, savedById }: SavedSetting): Promise<AuditActorType | null> {
    if (savedByKind === null || savedById === null) return null;
    return nameActor(context, this.actorName, { kind: savedByKind, id: savedById });
  }

  @FieldResolver(() => AuditEventType, {
    nullable: true,
    description: 'The audit event that tells of it. Null if the trail does not go back that far, or unless you have `log:read`.',
  })
  async event(@Ctx() context: RequestContext, @Root() { eventId }: SavedSetting): Promise<AuditEvent | null> {
    if (eventId === null || !mayUse(context.actor, 'log:read', null)) return null;
    return context.loader(this.eventById).load(eventId);
  }
}

import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { LoaderDefinition, RequestContext } from '../../../kernel/context.js';
import type { LicenseImport } from '../../licenses/import/license-import.entity.js';
import { LicenseImportType } from '../../licenses/import/license-import.schema.js';
import { nameActor } from '../actor-names.js';
import { AuditActorType } from '../audit-event.schema.js';

/** Who sent a file of licenses, or started its import: names come from where the audit trail has them. */
@Resolver(() => LicenseImportType)
export class ImportSenderResolver {
  constructor(private readonly actorName: LoaderDefinition<string, string | null>) {}

  @FieldResolver(() => AuditActorType, { name: 'createdBy', description: 'Who sent the file or, once started, who started the import.' })
  importedBy(@Ctx() context: RequestContext, @Root() one: LicenseImport): Promise<AuditActorType> {
    return nameActor(context, this.actorName, { kind: one.createdByKind, id: one.createdBy });
  }
}

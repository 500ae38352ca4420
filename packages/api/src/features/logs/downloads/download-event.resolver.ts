import { Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { Connection } from '../../../kernel/pagination.js';
import type { Customer } from '../../customers/customer.entity.js';
import { CustomerType } from '../../customers/customer.schema.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import { DownloadableType } from '../../downloadables/downloadable.type.js';
import type { DownloadEvent } from '../../downloads/download.entities.js';
import type { License } from '../../licenses/license.entity.js';
import { LicenseType } from '../../licenses/license.schema.js';
import type { Product } from '../../products/product.entity.js';
import { ProductType } from '../../products/product.type.js';
import { AuditActorType } from '../audit-event.schema.js';
import { requireLogs } from '../log-filter.js';
import type { LogSubjects } from '../log-subjects.js';
import { DownloadEventArgs, DownloadEventConnection, DownloadEventType } from './download-event.schema.js';
import type { DownloadEventList } from './download-event-list.js';

@Resolver(() => DownloadEventType)
export class DownloadEventResolver {
  constructor(
    private readonly events: DownloadEventList,
    private readonly subjects: LogSubjects,
  ) {}

  @Access('log:read')
  @Query(() => DownloadEventConnection, {
    name: 'downloadEvents',
    description: 'Lists single downloads, newest first. Requires `log:read`.',
  })
  listDownloadEvents(
    @Ctx() context: RequestContext,
    @Args(() => DownloadEventArgs) args: DownloadEventArgs,
  ): Promise<Connection<DownloadEvent>> {
    requireLogs(context);
    return this.events.list(args);
  }

  @FieldResolver(() => ID, { nullable: true, description: 'The ID of the customer. Null for downloads by nobody in particular.' })
  customerId(@Root() event: DownloadEvent): string | null {
    return event.customerId;
  }

  @FieldResolver(() => AuditActorType, { nullable: true, description: 'Who downloaded. Null for nobody in particular.' })
  actor(@Ctx() context: RequestContext, @Root() event: DownloadEvent): Promise<AuditActorType | null> {
    return this.subjects.actor(context, event);
  }

  @FieldResolver(() => ProductType, { nullable: true, description: 'The product.' })
  product(@Ctx() context: RequestContext, @Root() event: DownloadEvent): Promise<Product | null> {
    return this.subjects.product(context, event);
  }

  @FieldResolver(() => DownloadableType, { nullable: true, description: 'The release. Null if it was deleted, or without `release:read`.' })
  downloadable(@Ctx() context: RequestContext, @Root() event: DownloadEvent): Promise<Downloadable | null> {
    return this.subjects.downloadable(context, event);
  }

  @FieldResolver(() => LicenseType, {
    nullable: true,
    description: 'The license that allowed it. Null without one, or without `license:read`.',
  })
  license(@Ctx() context: RequestContext, @Root() event: DownloadEvent): Promise<License | null> {
    return this.subjects.license(context, event);
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'Whose download it was. Null without `license:read`.' })
  customer(@Ctx() context: RequestContext, @Root() event: DownloadEvent): Promise<Customer | null> {
    return this.subjects.customer(context, event);
  }
}

import { Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { Connection } from '../../../kernel/pagination.js';
import type { Customer } from '../../customers/customer.entity.js';
import { CustomerType } from '../../customers/customer.schema.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import { DownloadableType } from '../../downloadables/downloadable.type.js';
import type { RefusalEvent } from '../../../machinery/refusals/refusal.entity.js';
import type { License } from '../../licenses/license.entity.js';
import { LicenseType } from '../../licenses/license.schema.js';
import type { Product } from '../../products/product.entity.js';
import { ProductType } from '../../products/product.type.js';
import { AuditActorType } from '../audit-event.schema.js';
import { requireLogs } from '../log-filter.js';
import type { LogSubjects } from '../log-subjects.js';
import { RefusalArgs, RefusalConnection, RefusalType } from './refusal.schema.js';
import type { RefusalList } from './refusal-list.js';

@Resolver(() => RefusalType)
export class RefusalResolver {
  constructor(
    private readonly events: RefusalList,
    private readonly subjects: LogSubjects,
  ) {}

  @Access('log:read')
  @Query(() => RefusalConnection, {
    name: 'refusals',
    description: 'Lists requests that were refused or failed, newest first. Requires `log:read`.',
  })
  listRefusals(@Ctx() context: RequestContext, @Args(() => RefusalArgs) args: RefusalArgs): Promise<Connection<RefusalEvent>> {
    requireLogs(context);
    return this.events.list(args);
  }

  @FieldResolver(() => ID, { nullable: true, description: 'The ID of the customer. Null for nobody in particular.' })
  customerId(@Root() event: RefusalEvent): string | null {
    return event.customerId;
  }

  @FieldResolver(() => AuditActorType, { nullable: true, description: 'Who asked. Null for nobody in particular.' })
  actor(@Ctx() context: RequestContext, @Root() event: RefusalEvent): Promise<AuditActorType | null> {
    return this.subjects.actor(context, event);
  }

  @FieldResolver(() => ProductType, { nullable: true, description: 'The product that it was about.' })
  product(@Ctx() context: RequestContext, @Root() event: RefusalEvent): Promise<Product | null> {
    return this.subjects.product(context, event);
  }

  @FieldResolver(() => DownloadableType, {
    nullable: true,
    description: 'The release that it was about. Null if there was none, if it was deleted, or without `release:read`.',
  })
  downloadable(@Ctx() context: RequestContext, @Root() event: RefusalEvent): Promise<Downloadable | null> {
    return this.subjects.downloadable(context, event);
  }

  @FieldResolver(() => LicenseType, {
    nullable: true,
    description: 'The license that was closest to allowing it, or whose key was sent. Null without one, or without `license:read`.',
  })
  license(@Ctx() context: RequestContext, @Root() event: RefusalEvent): Promise<License | null> {
    return this.subjects.license(context, event);
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'The customer who asked. Null without `license:read`.' })
  customer(@Ctx() context: RequestContext, @Root() event: RefusalEvent): Promise<Customer | null> {
    return this.subjects.customer(context, event);
  }
}

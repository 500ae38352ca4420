import type { WithdrawSeverity } from '@slipway/shared';
import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { seesDrafts } from '../../../kernel/policy.js';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { WithdrawSeverityEnum } from '../../../kernel/enums.js';
import { DateTime } from '../../../kernel/scalars.js';
import { Weight } from '../../../kernel/limits/weight.js';
import type { Downloadable } from '../downloadable.entity.js';
import type { DownloadableLoaders } from '../downloadable.loaders.js';
import type { VisibleDownloadables } from '../visible-downloadables.js';
import { DownloadableType } from '../downloadable.type.js';

@ObjectType('Withdrawal', { description: 'The withdrawal of a release: why, and what to use instead.' })
@Access('public')
export class WithdrawalType {
  @Weight({ bytes: 200 })
  @Field(() => String, { description: 'The reason, in the vendor’s words.' })
  reason!: string;

  @Field(() => WithdrawSeverityEnum, {
    description: 'The severity, which decides whether earlier downloaders may download the release again.',
  })
  severity!: WithdrawSeverity;

  @Field(() => DateTime, { description: 'When the release was withdrawn.' })
  withdrawnAt!: Date;
}

/** A withdrawal with the row it was read from. */
interface ReadWithdrawal extends WithdrawalType {
  readonly replacementId: string | null;
}

/** What a downloadable tells of its withdrawal and its schedule. */
@Resolver(() => DownloadableType)
export class DownloadableTimesResolver {
  @FieldResolver(() => WithdrawalType, {
    nullable: true,
    description: 'The withdrawal of the release. Null unless the status is `WITHDRAWN`.',
  })
  withdrawal(@Root() row: Downloadable): ReadWithdrawal | null {
    const { withdrawnAt, withdrawReason: reason, withdrawSeverity: severity, replacementId } = row;
    return withdrawnAt === null || reason === null || severity === null ? null : { reason, severity, withdrawnAt, replacementId };
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When the release will be published. Null unless it is `SCHEDULED` and you have `release:read`.',
  })
  publishAt(@Ctx() context: RequestContext, @Root() row: Downloadable): Date | null {
    return seesDrafts(context.actor, row.productId) ? row.publishAt : null;
  }

  @Weight({ bytes: 200 })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why the release failed to publish automatically; cleared by the next change. Null unless you have `release:read`.',
  })
  scheduleFailure(@Ctx() context: RequestContext, @Root() row: Downloadable): string | null {
    return seesDrafts(context.actor, row.productId) ? row.scheduleFailure : null;
  }
}

@Resolver(() => WithdrawalType)
export class WithdrawalResolver {
  constructor(
    private readonly loaders: DownloadableLoaders,
    private readonly visible: VisibleDownloadables,
  ) {}

  @FieldResolver(() => DownloadableType, {
    nullable: true,
    description: 'The release to use instead. Null if none was chosen or, unless you have `release:read`, if it is not published.',
  })
  async replacement(@Ctx() context: RequestContext, @Root() withdrawal: ReadWithdrawal): Promise<Downloadable | null> {
    if (withdrawal.replacementId === null) return null;
    const row = await context.loader(this.loaders.byId).load(withdrawal.replacementId);
    const isOffered = row !== null && (row.status === 'PUBLISHED' || seesDrafts(context.actor, row.productId));
    return isOffered ? this.visible.show(context, row) : null;
  }
}

import type { ChecklistItem } from '@slipway/shared';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../../kernel/context.js';
import { Weight } from '../../../kernel/limits/weight.js';
import type { Downloadable } from '../downloadable.entity.js';
import { DownloadableType } from '../downloadable.type.js';
import { ChecklistItemType } from './publish-checklist.schema.js';
import type { PublishChecklists } from './publish-checklists.js';

/** What a downloadable's draft should be checked for before it goes live. */
@Resolver(() => DownloadableType)
export class PublishChecklistResolver {
  constructor(private readonly checklists: PublishChecklists) {}

  @Weight({ items: 3 })
  @FieldResolver(() => [ChecklistItemType], {
    description: 'Findings to review before publishing the open draft, blockers first. Empty unless you have `release:read`.',
  })
  publishChecklist(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<readonly ChecklistItem[]> {
    return this.checklists.of(context, row);
  }
}

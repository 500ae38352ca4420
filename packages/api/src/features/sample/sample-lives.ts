import { unreachable } from '@slipway/shared';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import type { DownloadableService } from '../downloadables/editing/downloadable.service.js';
import type { LifecycleService } from '../downloadables/publishing/lifecycle.service.js';
import type { PublishingService } from '../downloadables/publishing/publishing.service.js';
import type { RevisionService } from '../downloadables/revisions/revision.service.js';
import type { SampleEnd } from './sample-releases.js';

/** How far ahead the sample's scheduled release lies. */
const SCHEDULED_AFTER_MS = 5 * 86_400_000;

export interface LifeDependencies {
  readonly clock: Clock;
  readonly downloadables: DownloadableService;
  readonly publishing: PublishingService;
  readonly lifecycle: LifecycleService;
  readonly revisions: RevisionService;
}

/** Takes a draft of the sample as far in its life as it is to come. */
export async function liveOn(use: LifeDependencies, context: RequestContext, release: { id: string; end: SampleEnd }): Promise<void> {
  const { id, end } = release;
  if (end === 'DRAFT') return;
  if (end === 'SCHEDULED') {
    await use.publishing.schedule(context, { id }, new Date(use.clock.now().getTime() + SCHEDULED_AFTER_MS));
    return;
  }
  await use.publishing.publish(context, { id });
  switch (end) {
    case 'PUBLISHED':
      return;
    case 'ARCHIVED':
      await use.lifecycle.archive(context, id);
      return;
    case 'WITHDRAWN':
      await use.lifecycle.withdraw(context, id, { reason: 'Exported files lose their last second. Version 2.3.1 repairs it.' });
      return;
    case 'REVISED':
      return revise(use, context, id);
    default:
      unreachable(end);
  }
}

/** Corrects the notes in a next revision that is not live yet. */
async function revise(use: LifeDependencies, context: RequestContext, id: string): Promise<void> {
  const { lockVersion } = await use.revisions.revise(context, id);
  const changelog =
    '## New\n- Color grading with scopes\n- Arm64 build for Windows\n\nSee the migration guide before you open old projects.';
  await use.downloadables.update(context, { id, lockVersion, changelog });
}

import type { JobHandler } from '../../../machinery/jobs/job-lane.js';
import type { SettingsService } from '../../settings/settings.service.js';
import type { PublishingService } from './publishing.service.js';

/** Publishes what was scheduled. Several processes may try: the effect is in the transaction that finishes the job, once. */
export function publishJob(publishing: PublishingService, settings: SettingsService): JobHandler {
  return async (payload) => {
    // The payload was written by `PublishingService.schedule`.
    const { downloadableId, publishAt } = payload as { downloadableId: string; publishAt: string };
    const { timeZone } = await settings.read();
    return (tx) => publishing.publishDue(tx, { id: downloadableId, publishAt: new Date(publishAt), timeZone });
  };
}

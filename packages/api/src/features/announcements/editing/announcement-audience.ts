import type { RequestContext } from '../../../kernel/context.js';
import { mayUse, seesDrafts } from '../../../kernel/policy.js';
import { forbidden, notFound } from '../../../kernel/problem/faults.js';
import type { AudiencePreview } from '../audience/audience-preview.js';
import type { AudienceReader } from '../../downloads/audience/audience-reader.js';
import type { AnnouncementAudienceInput, AudienceStep } from '../audience/audience.schema.js';

/** Shows whoever may publish a release whom an announcement of it would reach; a draft is judged as if it were published. */
export class AnnouncementAudience {
  constructor(private readonly use: { readonly audience: AudienceReader; readonly preview: AudiencePreview }) {}

  async step({ actor }: RequestContext, input: AnnouncementAudienceInput, after: string | null): Promise<AudienceStep> {
    const release = await this.use.audience.release(input.downloadableId, { ifPublished: true });
    if (!release || !seesDrafts(actor, release.product.id)) throw notFound('downloadable');
    if (!mayUse(actor, 'release:publish', release.product.id)) throw forbidden('release:publish');
    return this.use.preview.step(release, after, {
      hasSecondText: input.withSecondText ?? false,
      isToldExcluded: input.excludeAlreadyTold ?? false,
      showsPeople: mayUse(actor, 'license:read', release.product.id),
    });
  }
}

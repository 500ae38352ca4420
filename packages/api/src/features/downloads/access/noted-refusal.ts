import type { EntitlementDecision } from '@slipway/shared';
import type { RequestContext } from '../../../kernel/context.js';
import type { JudgedRelease } from './access-facts.js';

interface Judged {
  readonly decision: EntitlementDecision;
  readonly release: JudgedRelease | null;
  readonly shareLinkId?: string;
}

/** Tells the log of refusals what a request is about, and a no with its reason. */
export function noteJudged({ refused }: RequestContext, { decision, release, shareLinkId }: Judged): void {
  const about = {
    productId: release?.row.productId ?? null,
    downloadableId: release?.row.id ?? null,
    version: release?.row.version ?? null,
    assetId: release?.asset?.id ?? null,
    fileName: release?.asset?.fileName ?? null,
    licenseId: decision.licenseId,
    shareLinkId: shareLinkId ?? null,
  };
  refused.about = about;
  const { allowed, code, message, remedy } = decision;
  if (!allowed) refused.add({ code, message, remedy, about });
}

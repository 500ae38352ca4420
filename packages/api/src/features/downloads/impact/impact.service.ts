import type { Actor } from '../../../kernel/actor.js';
import type { RequestContext } from '../../../kernel/context.js';
import { mayUse, seesDrafts } from '../../../kernel/policy.js';
import { badInput, forbidden, notFound } from '../../../kernel/problem/faults.js';
import type { LicenseService } from '../../licenses/license.service.js';
import type { AudienceReader } from '../audience/audience-reader.js';
import type { ImpactGroupInput, ImpactStep, LicenseImpactInput, PreviewImpactInput } from './impact.schema.js';
import type { LicenseImpact } from './license-impact.js';
import type { ReleaseImpact } from './release-impact.js';

export interface ImpactServiceUse {
  readonly audience: AudienceReader;
  readonly licenses: LicenseService;
  readonly ofRelease: ReleaseImpact;
  readonly ofLicense: LicenseImpact;
}

/** Shows what a change would do before it is made, a bounded part at a time. Numbers are for whoever sees the product, names need `license:read`. */
export class ImpactService {
  constructor(private readonly use: ImpactServiceUse) {}

  /** @throws PublicFault BAD_USER_INPUT, NOT_FOUND, FORBIDDEN */
  async step({ actor }: RequestContext, input: PreviewImpactInput, after: string | null): Promise<ImpactStep> {
    const { release = null, license = null, list = null } = input;
    if (license !== null && release === null) return this.#ofLicense(actor, license, { after, list });
    if (release === null || license !== null) throw badInput('Give release or license, and only one of them.');
    const judged = await this.use.audience.release(release.downloadableId);
    if (!judged || !seesDrafts(actor, judged.product.id)) throw notFound('downloadable');
    if (list !== null && !mayUse(actor, 'license:read', judged.product.id)) throw forbidden('license:read');
    if (release.change === 'CHANGE_CHANNEL' && release.channel == null) throw badInput('Give the channel after the change.');
    return this.use.ofRelease.step(judged, release, { after, list });
  }

  async #ofLicense(
    actor: Actor,
    input: LicenseImpactInput,
    from: { after: string | null; list: ImpactGroupInput | null },
  ): Promise<ImpactStep> {
    const license = await this.use.licenses.find(actor, input.terms.id);
    if (!license || !mayUse(actor, 'license:read', license.productId)) throw notFound('license');
    return this.use.ofLicense.step(license, input, from);
  }
}

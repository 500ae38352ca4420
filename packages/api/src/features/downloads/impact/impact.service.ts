import type { Actor } from '../../../kernel/actor.js';
import type { RequestContext } from '../../../kernel/context.js';
import { mayUse } from '../../../kernel/policy.js';
import { badInput, forbidden, notFound } from '../../../kernel/problem/faults.js';
import type { LicenseService } from '../../licenses/license.service.js';
import type { ChangedRelease } from './changed-release.js';
import type { ImpactChanges } from './impact-changes.js';
import type { ImpactGroupInput, LicenseImpactInput, PreviewImpactInput } from './impact.inputs.js';
import type { ImpactStep } from './impact.schema.js';
import type { LicenseImpact } from './license-impact.js';
import type { LicensesImpact } from './licenses-impact.js';
import type { ReleaseImpact } from './release-impact.js';

export interface ImpactServiceUse {
  readonly licenses: LicenseService;
  readonly changes: ImpactChanges;
  readonly ofReleases: ReleaseImpact;
  readonly ofLicense: LicenseImpact;
  readonly ofLicenses: LicensesImpact;
}

/** No release: nobody gets or loses one. */
const NOTHING: ImpactStep = { judged: 0, total: 0, totalCapped: false, tallies: [], entries: [], endCursor: null };

/** Shows what a change would do before it is made, a bounded part at a time. Numbers are for whoever sees the product, names need `license:read`. */
export class ImpactService {
  constructor(private readonly use: ImpactServiceUse) {}

  /** @throws PublicFault BAD_USER_INPUT, NOT_FOUND, FORBIDDEN */
  async step(context: RequestContext, input: PreviewImpactInput, after: string | null): Promise<ImpactStep> {
    const list = input.list ?? null;
    const { actor } = context;
    const given = [input.release, input.releases, input.channels, input.license, input.licenses].filter((one) => one != null);
    if (given.length !== 1) throw badInput('Give release, releases, channels, license or licenses, and only one of them.');
    if (input.licenses != null) return this.use.ofLicenses.step(context, input.licenses, { after, list });
    if (input.license != null) return this.#ofLicense(actor, input.license, { after, list });
    const changes = await this.#changes(actor, input);
    const hidden = list !== null && changes.some(({ before }) => !mayUse(actor, 'license:read', before.product.id));
    if (hidden) throw forbidden('license:read');
    return changes.length === 0 ? NOTHING : this.use.ofReleases.step(changes, { after, list, at: input.release?.at ?? null });
  }

  async #changes(actor: Actor, { release, releases, channels }: PreviewImpactInput): Promise<readonly ChangedRelease[]> {
    if (release != null) return this.use.changes.ofRelease(actor, release);
    if (releases != null) return this.use.changes.ofReleases(actor, releases);
    return channels == null ? [] : this.use.changes.ofChannels(actor, channels);
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

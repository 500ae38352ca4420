import { explainAccess } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { mayUse } from '../../../kernel/policy.js';
import { badInput, notFound } from '../../../kernel/problem/faults.js';
import { Customer } from '../../customers/customer.entity.js';
import type { JudgedRelease, Subject } from '../access/access-facts.js';
import type { AccessService } from '../access/access.service.js';
import { ofProduct, type AccessSubjects } from '../access/access-subjects.js';
import type { JudgedReleases } from '../access/judged-releases.js';
import type { AccessExplanationType, AccessWayType, ExplainAccessInput } from './explain.schema.js';

export interface ExplainerUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly access: AccessService;
  readonly subjects: AccessSubjects;
  readonly releases: JudgedReleases;
}

/** Tells staff why somebody may or may not have a release, on any date. */
export class AccessExplainer {
  constructor(private readonly use: ExplainerUse) {}

  /** @throws PublicFault BAD_USER_INPUT, NOT_FOUND, FORBIDDEN */
  async explain(context: RequestContext, input: ExplainAccessInput): Promise<AccessExplanationType> {
    if ((input.licenseId == null) === (input.customerId == null)) throw badInput('Give licenseId or customerId, and only one of them.');
    const release = await this.#release(context, input);
    const subject = ofProduct(await this.#subject(context, input), release.product.id);
    const at = input.at ?? this.use.clock.now();
    const { decision, ways, turns } = explainAccess(await this.use.access.factsOf(subject, release), at);
    const licenses = new Map(subject.licenses.map((license) => [license.id, license]));
    return {
      at,
      decision,
      turns,
      ways: ways.map(({ licenseId, steps, ...way }): AccessWayType => ({
        ...way,
        license: licenses.get(licenseId ?? '') ?? null,
        steps: steps.map(({ reason, ...step }) => ({ ...step, code: reason?.code ?? null })),
      })),
    };
  }

  /** What is not theirs to ask about is answered like what is missing. */
  async #release(context: RequestContext, { downloadableId, assetId }: ExplainAccessInput): Promise<JudgedRelease> {
    const release =
      assetId == null ? await this.use.releases.ofDownloadable(context, downloadableId) : await this.use.releases.ofAsset(context, assetId);
    if (!release || !mayUse(context.actor, 'license:read', release.product.id)) throw notFound(assetId == null ? 'downloadable' : 'asset');
    if (release.row.id !== downloadableId)
      throw badInput('This file belongs to another release: give the ID of that one as downloadableId.');
    return release;
  }

  async #subject(context: RequestContext, { licenseId = null, customerId = null }: ExplainAccessInput): Promise<Subject> {
    if (customerId !== null && !(await this.use.database.read.existsBy(Customer, { id: customerId }))) throw notFound('customer');
    const subject = await this.use.subjects.named(context, { licenseId, customerId });
    return subject ?? { viewer: { kind: 'CUSTOMER' }, licenses: [] };
  }
}

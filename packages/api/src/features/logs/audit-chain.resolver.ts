import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { mayUse } from '../../kernel/policy.js';
import { badInput, forbidden } from '../../kernel/problem/faults.js';
import type { AuditVerifier } from '../../machinery/audit/audit-verifier.js';
import { AuditChainType, AuditCheckType } from './audit-chain.schema.js';

const NOTHING_SEALED: AuditChainType = { sequence: 0, baseSequence: 0, seal: '' };

@Resolver()
export class AuditChainResolver {
  constructor(private readonly verifier: AuditVerifier) {}

  @Access('log:read')
  @Query(() => AuditChainType, { description: 'Finds how far the audit trail is sealed. Requires `log:read`.' })
  async auditChain(@Ctx() context: RequestContext): Promise<AuditChainType> {
    requireLogs(context);
    return (await this.verifier.findHead()) ?? NOTHING_SEALED;
  }

  @Access('log:read')
  @Query(() => AuditCheckType, {
    description: 'Verifies a page of the audit trail, up to 2,000 events from the oldest on. Changes nothing. Requires `log:read`.',
  })
  async auditCheck(
    @Ctx() context: RequestContext,
    @Arg('after', () => Int, { nullable: true, description: 'The `through` of the page before. Defaults to the beginning.' })
    after: number | null | undefined,
  ): Promise<AuditCheckType> {
    requireLogs(context);
    if (after != null && after < 0) throw badInput('after: expected 0 or more.');
    return this.verifier.verifyPage(after ?? 0);
  }
}

/** Events belong to no product, so a token for one product may not ask. */
function requireLogs({ actor }: RequestContext): void {
  if (!mayUse(actor, 'log:read', null)) throw forbidden('log:read');
}

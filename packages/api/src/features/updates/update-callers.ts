import type { Actor } from '../../kernel/actor.js';
import type { RequestContext } from '../../kernel/context.js';
import { badInput, notFound } from '../../kernel/problem/faults.js';
import type { LicenseService } from '../licenses/license.service.js';
import type { KeyHolders } from '../machine-keys/key-holders.js';

/** For whom a check is made, where it is not the caller. */
export interface CheckedFor {
  readonly licenseKey?: string | null;
  readonly licenseId?: string | null;
}

export interface UpdateCallersUse {
  readonly licenses: LicenseService;
  readonly keyHolders: KeyHolders;
}

/** Finds out for whom an update is looked for. */
export class UpdateCallers {
  constructor(private readonly use: UpdateCallersUse) {}

  /** The request as the holder of the key or license would send it; as it is when neither is given. @throws PublicFault BAD_USER_INPUT, NOT_FOUND */
  async contextFor(context: RequestContext, { licenseKey, licenseId }: CheckedFor): Promise<RequestContext> {
    if (licenseKey != null && licenseId != null) throw badInput('Give licenseKey or licenseId, and only one of them.');
    if (licenseKey != null) return context.as(await this.#holderOf(context, licenseKey));
    if (licenseId == null) return context;
    const license = await this.use.licenses.find(context.actor, licenseId);
    if (!license) throw notFound('license');
    const { id, customerId, productId } = license;
    return context.as({ kind: 'LICENSE', licenseId: id, sessionId: null, customerId, licensedProductIds: [productId] });
  }

  async #holderOf(context: RequestContext, key: string): Promise<Actor> {
    return (await this.use.keyHolders.find(key, context.origin.countedAddress)) ?? { kind: 'UNKNOWN_LICENSE_KEY' };
  }
}

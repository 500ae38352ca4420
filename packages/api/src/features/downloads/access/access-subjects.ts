import type { Database } from '../../../database/database.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { mayAskAbout, productScopeOf } from '../../../kernel/policy.js';
import { badInput, forbidden, notFound } from '../../../kernel/problem/faults.js';
import type { License } from '../../licenses/license.entity.js';
import { listLicensesOf, listLicensesOfOwner } from '../../licenses/license-rows.js';
import type { LicenseService } from '../../licenses/license.service.js';
import type { KeyHolders } from '../../machine-keys/key-holders.js';
import type { ProductLoaders } from '../../products/product.loaders.js';
import type { SettingsService } from '../../settings/settings.service.js';
import { viewerOf, type Subject } from './access-facts.js';
import type { AccessLoaders } from './access.loaders.js';
import type { CheckEntitlementInput } from './access.schema.js';

/** The license that staff look as. */
export interface LookingAs {
  readonly licenseId: string;
  /** Judges what is not published yet as if it were published now. */
  readonly ifPublished: boolean;
}

export interface SubjectDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly settings: SettingsService;
  readonly licenses: LicenseService;
  readonly keyHolders: KeyHolders;
  readonly products: ProductLoaders;
  readonly loaders: AccessLoaders;
}

/** Finds out for whom a decision is made, and with which licenses. */
export class AccessSubjects {
  constructor(private readonly use: SubjectDependencies) {}

  /** The viewer, or the license that staff look as, with the licenses of one product. */
  async of(context: RequestContext, productId: string, as: LookingAs | null): Promise<Subject> {
    if (as) return ofProduct(await this.#licensed(context, as.licenseId), productId);
    return {
      viewer: viewerOf(context.actor, productId),
      licenses: await context.loader(this.use.loaders.licensesOfProduct).load(productId),
    };
  }

  /** The same with what decides before any release is looked at. */
  async factsOfProduct(context: RequestContext, productId: string, as: LookingAs | null) {
    const [product, channels, { timeZone }, subject] = await Promise.all([
      context.loader(this.use.products.byId).load(productId),
      context.loader(this.use.products.channels).load(productId),
      this.use.settings.read(),
      this.of(context, productId, as),
    ]);
    if (!product) throw notFound('product');
    return { ...subject, timeZone, product: { distribution: product.distribution, channels }, now: this.use.clock.now() };
  }

  /** Whom a question names, with the licenses of every product; null: the viewer. @throws PublicFault BAD_USER_INPUT, NOT_FOUND, FORBIDDEN */
  async named(context: RequestContext, input: CheckEntitlementInput): Promise<Subject | null> {
    const given = [input.licenseKey, input.licenseId, input.customerId].filter((value) => value != null);
    if (given.length > 1) throw badInput('Give only one of licenseKey, licenseId and customerId.');
    if (input.licenseKey != null) {
      const holder = await this.use.keyHolders.find(input.licenseKey, context.origin.countedAddress);
      if (!holder) return { viewer: { kind: 'INVALID_LICENSE_KEY' }, licenses: [] };
      return asCustomer(await listLicensesOfOwner(this.use.database, holder, null));
    }
    if (input.licenseId != null) {
      const license = await this.use.licenses.find(context.actor, input.licenseId);
      if (!license) throw notFound('license');
      return asCustomer([license]);
    }
    return input.customerId == null ? null : this.#customer(context, input.customerId);
  }

  async #licensed(context: RequestContext, licenseId: string): Promise<Subject> {
    const license = await context.loader(this.use.loaders.licenseById).load(licenseId);
    if (!license) throw notFound('license');
    return asCustomer([license]);
  }

  async #customer({ actor }: RequestContext, customerId: string): Promise<Subject> {
    if (!mayAskAbout(actor, customerId)) throw forbidden('license:read');
    const own = { customerIds: [customerId], productIds: productScopeOf(actor) };
    return asCustomer(await listLicensesOf(this.use.database, own));
  }
}

/** A subject with the licenses of one product only. */
export const ofProduct = (subject: Subject, productId: string): Subject => ({
  ...subject,
  licenses: subject.licenses.filter((license) => license.productId === productId),
});

const asCustomer = (licenses: readonly License[]): Subject => ({ viewer: { kind: 'CUSTOMER' }, licenses });

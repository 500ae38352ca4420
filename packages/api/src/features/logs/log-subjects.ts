import type { Database } from '../../database/database.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { managesProduct, mayUse, seesDrafts } from '../../kernel/policy.js';
import { customerLoader } from '../customers/customer.resolver.js';
import type { Customer } from '../customers/customer.entity.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import type { DownloadableLoaders } from '../downloadables/downloadable.loaders.js';
import { licenseLoader } from '../licenses/license-rows.js';
import type { License } from '../licenses/license.entity.js';
import type { Product } from '../products/product.entity.js';
import type { ProductLoaders } from '../products/product.loaders.js';
import { nameActor } from './actor-names.js';
import type { AuditActorType } from './audit-event.schema.js';

/** Ids of what an event was about, and of who did it. */
interface Subjects {
  readonly productId: string | null;
  readonly downloadableId: string | null;
  readonly licenseId: string | null;
  readonly customerId: string | null;
  readonly userId: string | null;
  readonly tokenId: string | null;
  readonly machineKeyId: string | null;
}

export interface LogSubjectsUse {
  readonly database: Database;
  readonly products: ProductLoaders;
  readonly downloadables: DownloadableLoaders;
  readonly actorName: LoaderDefinition<string, string | null>;
}

/** What an event was about, as far as it is still there and the viewer may see it. */
export class LogSubjects {
  readonly #customers: LoaderDefinition<string, Customer | null>;
  readonly #licenses: LoaderDefinition<string, License | null>;

  constructor(private readonly use: LogSubjectsUse) {
    this.#customers = customerLoader(use.database);
    this.#licenses = licenseLoader(use.database);
  }

  async product(context: RequestContext, { productId }: Pick<Subjects, 'productId'>): Promise<Product | null> {
    if (productId === null || !managesProduct(context.actor, productId)) return null;
    return context.loader(this.use.products.byId).load(productId);
  }

  async downloadable(context: RequestContext, { downloadableId }: Pick<Subjects, 'downloadableId'>): Promise<Downloadable | null> {
    const row = downloadableId === null ? null : await context.loader(this.use.downloadables.byId).load(downloadableId);
    return row && seesDrafts(context.actor, row.productId) ? row : null;
  }

  async license(context: RequestContext, { licenseId }: Pick<Subjects, 'licenseId'>): Promise<License | null> {
    if (licenseId === null || !mayUse(context.actor, 'license:read', null)) return null;
    return context.loader(this.#licenses).load(licenseId);
  }

  async customer(context: RequestContext, { customerId }: Pick<Subjects, 'customerId'>): Promise<Customer | null> {
    if (customerId === null || !mayUse(context.actor, 'license:read', null)) return null;
    return context.loader(this.#customers).load(customerId);
  }

  /** The person, token or machine key, else the license by whose key; null for nobody in particular. */
  async actor(context: RequestContext, event: Omit<Subjects, 'customerId'>): Promise<AuditActorType | null> {
    const who = [
      { kind: 'USER', id: event.userId },
      { kind: 'TOKEN', id: event.tokenId },
      { kind: 'MACHINE', id: event.machineKeyId },
      { kind: 'LICENSE', id: event.licenseId },
    ];
    const [found] = who.flatMap(({ kind, id }) => (id === null ? [] : [{ kind, id }]));
    return found ? nameActor(context, this.use.actorName, found) : null;
  }
}

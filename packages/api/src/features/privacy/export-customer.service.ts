import type { Database } from '../../database/database.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { mayUse } from '../../kernel/policy.js';
import { forbidden, notFound } from '../../kernel/problem/faults.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import { Customer } from '../customers/customer.entity.js';
import { writeExport } from './customer-export.js';
import { ExportLinks, type ExportGrant } from './export-link.js';

export interface ExportUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly audit: Audit;
}

/** What exporting needs: it shows people, licenses and the audit trail. */
const SCOPES = ['user:write', 'license:read', 'log:read'] as const;

/** A file that is being written while it is sent. */
export interface ExportedFile {
  readonly fileName: string;
  readonly text: AsyncIterable<string>;
}

/** Gives everything that is held about a customer as one JSON file, a page of rows in memory at a time. */
export class ExportCustomerService {
  readonly #links: ExportLinks;

  constructor(private readonly use: ExportUse) {
    this.#links = new ExportLinks(use.secrets, use.clock);
  }

  /** Writes down who asked, and gives the path of the file. */
  async ask(context: RequestContext, id: string): Promise<{ path: string; expiresAt: Date; fileName: string }> {
    await this.#require(context, id);
    await this.use.database.transaction((tx) =>
      this.use.audit.record(tx, context, { action: 'customer.export', subjectType: 'customer', subjectId: id }),
    );
    return { ...this.#links.make(context, id), fileName: this.#fileNameOf(id) };
  }

  /** The file itself, for whoever asked for it. @throws PublicFault BAD_USER_INPUT when the link is not theirs, or over */
  async open(context: RequestContext, id: string, grant: ExportGrant): Promise<ExportedFile> {
    const customer = await this.#require(context, id);
    this.#links.require(context, id, grant);
    return { fileName: this.#fileNameOf(id), text: writeExport(this.use, customer, this.use.clock.now()) };
  }

  async #require({ actor }: RequestContext, id: string): Promise<Customer> {
    for (const scope of SCOPES) if (!mayUse(actor, scope, null)) throw forbidden(scope);
    const customer = await this.use.database.read.findOneBy(Customer, { id });
    if (!customer) throw notFound('customer');
    return customer;
  }

  /** Without the name: files lie about. */
  #fileNameOf(id: string): string {
    return `customer-${id}-${this.use.clock.now().toISOString().slice(0, 10)}.json`;
  }
}

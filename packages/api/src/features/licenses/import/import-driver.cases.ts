import type { Client } from '../../../testing/client.js';
import type { Harness } from '../../../testing/harness.js';

export interface ShownImport {
  readonly id: string;
  readonly state: string;
  readonly columns: readonly { readonly header: string; readonly column: string | null }[];
  readonly lines: { readonly nodes: readonly ShownLine[] };
}

interface ShownLine {
  readonly line: number;
  readonly outcome: string | null;
  readonly licenseId: string | null;
  readonly column: string | null;
  readonly code: string | null;
  readonly message: string | null;
}

const FIELDS =
  'id state problem total created changed unchanged failed columns { header column } lines(first: 100) { nodes { line outcome email licenseId column code message changes { column before after } } }';

/** Imports files as a client does. */
export class ImportDriver {
  constructor(private readonly harness: Harness) {}

  /** A file with a line for each record; records without a column have an empty cell. */
  file(records: readonly Readonly<Record<string, string>>[]): string {
    const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
    return [columns, ...records.map((record) => columns.map((column) => `"${record[column] ?? ''}"`))]
      .map((cells) => cells.join(','))
      .join('\n');
  }

  send(body: string | Buffer, client: Client = this.harness.admin): Promise<Response> {
    return client.fetch('/api/v1/license-imports', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: new Uint8Array(Buffer.from(body)),
    });
  }

  async begin(text: string, client: Client = this.harness.admin): Promise<{ readonly id: string }> {
    return (await (await this.send(text, client)).json()) as { id: string };
  }

  async read(id: string, client: Client = this.harness.admin): Promise<ShownImport | null> {
    return (await client.query<{ licenseImport: ShownImport | null }>(`query($id: ID!) { licenseImport(id: $id) { ${FIELDS} } }`, { id }))
      .licenseImport;
  }

  /** The dry run alone. */
  async check(text: string, client: Client = this.harness.admin): Promise<ShownImport> {
    const { id } = await this.begin(text, client);
    await this.harness.settle();
    return this.#present(id, client);
  }

  async run(id: string, client: Client = this.harness.admin): Promise<ShownImport> {
    await client.run('importLicenses', { id }, 'licenseImport { id }');
    await this.harness.settle();
    return this.#present(id, client);
  }

  async import(text: string, client: Client = this.harness.admin): Promise<ShownImport> {
    return this.run((await this.check(text, client)).id, client);
  }

  async license(id: string | null | undefined): Promise<object> {
    const query = 'query($id: ID!) { license(id: $id) { expiresAt tags notes channels status } }';
    return (await this.harness.admin.query<{ license: object }>(query, { id })).license;
  }

  /** How many rows there are of what an import writes. */
  async tallies(): Promise<readonly unknown[]> {
    const tables = [
      'license',
      'customer',
      'license_tag',
      `audit_event WHERE action IN ('license.create', 'license.update', 'customer.update')`,
    ];
    return Promise.all(tables.map((table) => this.harness.database.query(`SELECT COUNT(*) AS total FROM ${table}`)));
  }

  async #present(id: string, client: Client): Promise<ShownImport> {
    const found = await this.read(id, client);
    if (!found) throw new Error('The import is not there.');
    return found;
  }
}

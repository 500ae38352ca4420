import type { Connection, RowDataPacket } from 'mysql2/promise';
import { HttpClient } from './http-client.js';

/** What a server asks of its database for one request, on average. */
export interface Traffic {
  /** Statements that were run, `START TRANSACTION` and `COMMIT` too. */
  readonly statements: number;
  /** Index entries and rows that were read. */
  readonly rows: number;
  /** Bytes that the database sent. */
  readonly bytes: number;
}

/** Reads what a database server has done since it started. */
export type TrafficMeter = () => Promise<Traffic>;

/** Others may use the server meanwhile, which only adds: of some passes the least counts. */
const PASSES = 7;
const PER_PASS = 60;

/** @param connection to the server, from any database */
export function trafficOfServer(connection: Connection): TrafficMeter {
  return async () => {
    const [found] = await connection.query<RowDataPacket[]>(
      "SHOW GLOBAL STATUS WHERE Variable_name IN ('Questions', 'Bytes_sent') OR Variable_name LIKE 'Handler_read%'",
    );
    const values = new Map(found.map((row) => [String(row['Variable_name']), Number(row['Value'])]));
    const rows = [...values].reduce((sum, [name, value]) => sum + (name.startsWith('Handler_read') ? value : 0), 0);
    return { statements: values.get('Questions') ?? NaN, rows, bytes: values.get('Bytes_sent') ?? NaN };
  };
}

/** Sends requests one after another, and counts what each asks of the database. */
export async function countTraffic(meter: TrafficMeter, target: { readonly port: number; readonly requests: readonly Buffer[] }) {
  const client = await HttpClient.open(target.port);
  const asked = Array.from({ length: PER_PASS }, (_, place) => target.requests[place % target.requests.length]);
  const pass = (requests: typeof asked) => async (): Promise<Traffic> => {
    const before = await meter();
    for (const request of requests) if (request) await client.send(request);
    const after = await meter();
    return combine(after, before, (a, b) => a - b);
  };
  await pass(asked)(); // prepares what there is to prepare
  const [reading, whole] = [await leastOf(pass([])), await leastOf(pass(asked))];
  client.close();
  return combine(whole, reading, (a, b) => (a - b) / PER_PASS);
}

async function leastOf(pass: () => Promise<Traffic>): Promise<Traffic> {
  let least = await pass();
  for (let turn = 1; turn < PASSES; turn += 1) least = combine(least, await pass(), Math.min);
  return least;
}

const combine = (a: Traffic, b: Traffic, how: (a: number, b: number) => number): Traffic => ({
  statements: how(a.statements, b.statements),
  rows: how(a.rows, b.rows),
  bytes: how(a.bytes, b.bytes),
});

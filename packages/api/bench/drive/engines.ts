import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { ENTITIES } from '../../src/app/foundation/entities.js';
import { openMysql, openSqlite } from '../../src/database/connection/data-sources.js';
import type { Database } from '../../src/database/database.js';
import { openMysqlWriter, openSqliteWriter, type BulkWriter } from '../data/bulk-writer.js';
import { meterOfDatabase, type CpuMeter } from './cpu.js';
import { trafficOfServer, type TrafficMeter } from './traffic.js';

/** A database of one size, filled once, and how to reach it. */
export interface BenchDatabase {
  /** For the product's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** For the limit: URL or path. */
  readonly address: string;
  /** Opens it with the product's code, migrated. */
  open(): Promise<Database>;
  writer(): Promise<BulkWriter>;
  isFilled(): Promise<boolean>;
  markFilled(): Promise<void>;
  /** Writes down in its own store, where it has one, whose that is. */
  claimStore(text: string): void;
  drop(): Promise<void>;
}

/** Where data lies that is made by the benchmark. */
export interface Engine {
  readonly name: 'MariaDB' | 'SQLite';
  readonly version: string;
  database(releases: number): Promise<BenchDatabase>;
  /** What a database of a server uses beside the server under test; null: it is in its process. */
  meter(releases: number): Promise<CpuMeter | null>;
  /** Counts what is asked of a server; null: the engine does not tell. */
  readonly traffic: TrafficMeter | null;
  close(): Promise<void>;
}

const nameOf = (releases: number): string => `slipway_bench_${releases}`;

/** @param url mysql://user:password@host:port of a server on this machine, whose user may create databases */
export async function mariadbEngine(url: string): Promise<Engine> {
  const server = await createConnection(url);
  const ask = async (sql: string): Promise<RowDataPacket[]> => (await server.query<RowDataPacket[]>(sql))[0];
  const [row] = await ask('SELECT VERSION() AS version');
  return {
    name: 'MariaDB',
    version: String(row?.['version']).split('-', 1)[0] ?? '',
    database: async (releases) => {
      const name = nameOf(releases);
      const address = `${url.replace(/\/$/, '')}/${name}`;
      return {
        address,
        environment: { DATABASE_URL: address },
        open: async () => {
          await server.query(`CREATE DATABASE IF NOT EXISTS ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
          return openMysql(address, ENTITIES);
        },
        writer: () => openMysqlWriter(address),
        isFilled: async () =>
          (await ask(`SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = '${name}' AND TABLE_NAME = 'bench_filled'`)).length > 0,
        markFilled: async () => void (await server.query(`CREATE TABLE ${name}.bench_filled (id INT)`)),
        claimStore: () => undefined,
        drop: async () => void (await server.query(`DROP DATABASE IF EXISTS ${name}`)),
      };
    },
    meter: (releases) => meterOfDatabase(server, nameOf(releases)),
    traffic: trafficOfServer(server),
    close: () => server.end(),
  };
}

/** @param folder where the files go */
export function sqliteEngine(folder: string, version: string): Engine {
  return {
    name: 'SQLite',
    version,
    database: async (releases) => {
      const dataFolder = join(folder, nameOf(releases));
      const address = join(dataFolder, 'slipway.sqlite');
      const mark = join(dataFolder, 'bench-filled');
      return {
        address,
        environment: { DATA_DIR: dataFolder },
        open: () => openSqlite(dataFolder, ENTITIES),
        writer: () => openSqliteWriter(address),
        isFilled: async () => existsSync(mark),
        markFilled: async () => mkdirSync(mark),
        claimStore: (text) => {
          mkdirSync(join(dataFolder, 'objects'), { recursive: true });
          writeFileSync(join(dataFolder, 'objects', 'installation.json'), text);
        },
        drop: async () => rmSync(dataFolder, { recursive: true, force: true }),
      };
    },
    meter: async () => null,
    traffic: null,
    close: async () => undefined,
  };
}

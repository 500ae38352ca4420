import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Not } from 'typeorm';
import type { Config } from '../../config.js';
import type { Database } from '../../database/database.js';
import { fitsDatabase, isSecretOf } from '../../storage/ownership/secret-fingerprint.js';
import { License } from '../../features/licenses/license.entity.js';
import { LicenseKeys } from '../../features/licenses/license-keys.js';
import { randomToken, Secrets } from '../../kernel/secret/secrets.js';
import { StartFault } from '../../kernel/problem/start-fault.js';

/** Only its owner may read it. */
const PRIVATE = 0o600;
const FILE_NAME = 'app-secret';
const LEAST_LENGTH = 32;

/** `LOOK`: nothing is made, migrated or written down. */
export type Purpose = 'START' | 'LOOK';

/** The secret from which all keys are derived. */
export interface AppSecret {
  readonly secrets: Secrets;
  /** Null: the operator's own. */
  readonly file: string | null;
  readonly isNew: boolean;
}

/** The operator's secret, or one that is kept in the data folder and, to start with, made there. @throws StartFault */
export function readAppSecret({ appSecret, dataDir }: Pick<Config, 'appSecret' | 'dataDir'>, purpose: Purpose): AppSecret {
  if (appSecret !== null) return { secrets: new Secrets(appSecret), file: null, isNew: false };
  const file = join(dataDir, FILE_NAME);
  if (purpose === 'LOOK' && !existsSync(file)) throw new StartFault(`DATA_DIR: the file ${file} is gone; put it back from a backup.`);
  const isNew = purpose === 'START' && makeSecret(file);
  const secret = readFileSync(file, 'utf8');
  if (secret.length < LEAST_LENGTH)
    throw new StartFault(`DATA_DIR: the file ${file} is cut short; put it back from a backup; without one, license keys are lost.`);
  return { secrets: new Secrets(secret), file, isNew };
}

/** Makes sure that the database was set up with this secret; one that was only just made is taken back. @throws StartFault */
export async function requireSameSecret(database: Database, { secrets, file, isNew }: AppSecret, purpose: Purpose): Promise<void> {
  const isSame = purpose === 'START' ? isSecretOf : fitsDatabase;
  if (await isSame(database, secrets, () => opensLicense(database, secrets))) return;
  if (file !== null && isNew) rmSync(file);
  const which =
    file === null ? 'APP_SECRET: this is' : `DATA_DIR: the file ${file} is ${isNew ? 'gone, and a new one would be' : ''}`.trim();
  throw new StartFault(
    `${which} not the secret that this database was set up with, so no license key would work; nothing was changed, so put the former one back.`,
  );
}

/** @returns whether it was made just now */
function makeSecret(file: string): boolean {
  try {
    // `wx`: of two processes that start together only one makes it.
    writeFileSync(file, randomToken(), { mode: PRIVATE, flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** Whether the newest license key can be opened; a database without licenses has nothing to lose. */
async function opensLicense(database: Database, secrets: Secrets): Promise<boolean> {
  // Of an erased customer there is none to open.
  const [license] = await database.read.find(License, { where: { keySealed: Not('') }, order: { id: 'DESC' }, take: 1 });
  if (!license) return true;
  try {
    new LicenseKeys(secrets).open(license);
    return true;
  } catch {
    return false;
  }
}

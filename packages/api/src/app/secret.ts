import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomToken } from '../kernel/secrets.js';

/** Only its owner may read it. */
const PRIVATE = 0o600;

/** The secret from which all keys are derived: the operator's, or one that is made once and kept in the data folder. */
export function readAppSecret(given: string | null, dataDir: string): string {
  if (given !== null) return given;
  const path = join(dataDir, 'app-secret');
  try {
    // `wx`: of two processes that start together only one makes it.
    writeFileSync(path, randomToken(), { mode: PRIVATE, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8');
}

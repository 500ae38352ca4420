import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Features } from './features.js';
import type { Foundation } from './foundation.js';
import type { Config } from '../config.js';
import { createSample } from '../features/sample/sample.service.js';

/** Makes the first admin or the sample vendor when there is no account yet. @returns what to tell whoever started us */
export async function prepareFirstStart(
  config: Config,
  foundation: Foundation,
  features: Features,
  print: (text: string) => void,
): Promise<string> {
  const signInsFile = join(config.dataDir, 'sign-ins.txt');
  if ((await features.accounts.countUsers()) > 0) return existsSync(signInsFile) ? `  Sample sign-ins: ${signInsFile}\n` : '';
  if (config.firstAdmin) {
    await features.accounts.createUser({ ...config.firstAdmin, name: 'Administrator', role: 'ADMIN' });
    return `  Sign in as ${config.firstAdmin.email} with the password you gave.\n`;
  }
  if (!(config.sampleData ?? config.databaseUrl === null))
    return '  There is no account yet: set ADMIN_EMAIL and ADMIN_PASSWORD, then start again.\n';
  print('  First start: making a sample vendor with products, releases and customers ...');
  const signIns = await createSample({ ...foundation, ...features, signInsFile });
  return `${signIns}\n  Kept in ${signInsFile}; delete it when you no longer need it.\n`;
}

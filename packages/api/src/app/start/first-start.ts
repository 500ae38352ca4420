import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Features } from '../features.js';
import type { Foundation } from '../foundation.js';
import { dataFolderFault } from './start-faults.js';
import type { Config } from '../../config.js';
import type { UserAccount } from '../../features/accounts/user-account.entity.js';
import { createSample } from '../../features/sample/sample.service.js';
import { makeFolder } from '../../kernel/make-folder.js';
import { Refusal } from '../../kernel/problem/refusal.js';
import { StartFault } from '../../kernel/problem/start-fault.js';

export interface FirstStart {
  readonly config: Config;
  readonly foundation: Foundation;
  readonly features: Features;
  readonly print: (text: string) => void;
}

const VARIABLES: Readonly<Record<string, string>> = { email: 'ADMIN_EMAIL', password: 'ADMIN_PASSWORD' };

/** Makes the first admin or the sample vendor when there is no account yet; of replicas that start at once, one does. @returns what to tell whoever started us */
export function prepareFirstStart(start: FirstStart): Promise<string> {
  const { config, foundation, features } = start;
  return foundation.database.oneAtATime(async () => {
    if ((await features.accounts.countUsers()) > 0) return tellLaterStart(config);
    const admin = config.firstAdmin ? await makeFirstAdmin(start, config.firstAdmin) : null;
    const welcome = admin ? `  Sign in as ${admin.email} with the password you gave.\n` : '';
    const isSampleWanted = config.sampleData ?? (config.databaseUrl === null && config.firstAdmin === null);
    if (isSampleWanted) return `${welcome}${await makeSample(start, admin)}`;
    return welcome || '  There is no account yet: set ADMIN_EMAIL and ADMIN_PASSWORD, then start again.\n';
  });
}

const signInsFileOf = ({ dataDir }: Config): string => join(dataDir, 'sign-ins.txt');

function tellLaterStart(config: Config): string {
  const signInsFile = signInsFileOf(config);
  if (existsSync(signInsFile)) return `  Sample sign-ins: ${signInsFile}\n`;
  return config.sampleData === true
    ? '  SAMPLE_DATA is on, but there are accounts already: samples are made at the first start only.\n'
    : '';
}

async function makeFirstAdmin({ features }: FirstStart, admin: NonNullable<Config['firstAdmin']>): Promise<UserAccount> {
  try {
    return await features.accounts.createUser({ ...admin, name: 'Administrator', role: 'ADMIN' });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new StartFault(error.userErrors.map(({ field, message }) => `${VARIABLES[field ?? ''] ?? 'ADMIN_EMAIL'}: ${message}`).join('\n'));
  }
}

async function makeSample({ config, foundation, features, print }: FirstStart, firstAdmin: UserAccount | null): Promise<string> {
  const signInsFile = signInsFileOf(config);
  // With database and store elsewhere nothing else is kept on this machine.
  await makeFolder(config.dataDir).catch((error: unknown) => {
    throw dataFolderFault(config.dataDir, error);
  });
  print('  First start: making a sample vendor with products, releases and customers ...');
  const signIns = await createSample({ ...foundation, ...features, signInsFile, firstAdmin });
  return `${signIns}\n  Kept in ${signInsFile}; delete it when you no longer need it.\n`;
}

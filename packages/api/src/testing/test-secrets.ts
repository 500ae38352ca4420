import { Secrets } from '../kernel/secret/secrets.js';

/** The secret of every program that runs inside a test. */
export const TEST_SECRETS = new Secrets('a secret for tests only, of forty characters');

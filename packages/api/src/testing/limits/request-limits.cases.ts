import { RequestRates } from '../../machinery/throttle/request-rates.js';
import { createServer } from '../../http/server.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { createLog } from '../../kernel/log.js';
import { StillClock } from '../clock.js';
import type { Harness } from '../harness.js';
import { makeToken } from '../make.js';
import type { LimitProbe, SeenRefusal } from './probe.js';

/** Asks as often as one caller may in a minute, and once more. */
export const REQUEST_LIMITS = {
  anonymousRequests: { exceed: (harness) => askOnceMore(harness, {}, LIMITS.anonymousRequests.most) },
  credentialRequests: {
    exceed: async (harness) => {
      const { headers } = await makeToken(harness.admin, { scopes: ['release:read'] });
      return askOnceMore(harness, headers, LIMITS.credentialRequests.most);
    },
  },
} satisfies Readonly<Record<string, LimitProbe>>;

async function askOnceMore({ app, database }: Harness, headers: Readonly<Record<string, string>>, most: number): Promise<SeenRefusal> {
  const server = await createServer({
    publicUrl: 'http://localhost',
    trustedProxies: [],
    storeOrigins: () => [],
    authenticators: { ...app.features, requestRates: new RequestRates(database, new StillClock()) },
    log: createLog('silent'),
    requestsPerMinute: async () => ({ anonymous: LIMITS.anonymousRequests.most, credential: LIMITS.credentialRequests.most }),
  });
  server.app.get('/api/probe', { config: { access: 'public' } }, async () => ({}));
  const ask = () => server.app.inject({ url: '/api/probe', headers, remoteAddress: '203.0.113.70' });
  for (let index = 0; index < most; index += 1) {
    const { statusCode } = await ask();
    if (statusCode !== 200) throw new Error(`Request ${index + 1} of ${most} was answered with ${statusCode}.`);
  }
  const reply = await ask();
  await server.app.close();
  const { code, detail } = reply.json<{ code: string; detail: string }>();
  return { code, message: detail, status: reply.statusCode };
}

import { entitlementStatus, problemJson, updateReply, type EntitlementCode, type UpdateResult } from '@slipway/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeLicense, makeProduct, makePublished } from '../../testing/make.js';

const QUERY = `query($input: UpdateCheckInput!) { updateCheck(input: $input) {
  status latestVersion refusedVersion refusal { code message params remedy }
  current { version isRelease isWithdrawn withdrawReason }
  release { id version name channel summary isSecurityFix date publishedAt notes assets { id fileName url type platform architecture size sha256 sha512 } }
} }`;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('what staff are shown of an update check on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;
  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin, { slug: 'aurora' })).id;
    await makePublished(harness, { productId, version: '2.3', releaseDate: '2026-01-10' });
    await makePublished(harness, { productId, version: '2.4', releaseDate: '2026-03-01' });
    const bad = await makePublished(harness, { productId, version: '2.1', releaseDate: '2026-01-01' });
    await harness.admin.run('withdrawDownloadable', { id: bad.id, reason: 'It loses files.' }, 'downloadable { id }');
  });
  afterAll(() => harness.close());

  async function asProgram(client: Client, version: string) {
    const reply = await client.fetch(`/api/v1/updates/check?product=aurora&version=${version}`);
    const text = await reply.text();
    return { status: reply.status, headers: reply.headers, body: text === '' ? null : (JSON.parse(text) as Record<string, unknown>) };
  }

  it.each([
    [{}, '2.0', 'UPDATE_AVAILABLE'],
    [{}, '2.1', 'UPDATE_AVAILABLE'],
    [{}, '2.4', 'UP_TO_DATE'],
    [{ updatesUntil: '2026-01-31' }, '2.1', 'NOT_ALLOWED'],
    [{ updatesUntil: '2026-01-31' }, '2.3', 'NOT_ALLOWED'],
    [{ updatesUntil: '2026-01-31' }, '2.4', 'UP_TO_DATE'],
  ])('for a license with %j, at version %s (%s), it is to the letter what its program gets', async (terms, version, status) => {
    const license = await makeLicense(harness, { productId, ...terms });
    const input = { product: 'aurora', version, licenseId: license.id };
    const { updateCheck } = await harness.admin.query<{ updateCheck: UpdateResult }>(QUERY, { input });
    expect(updateCheck.status).toBe(status);
    const shown = updateReply(updateCheck);
    const sent = await asProgram(license.client, version);
    expect([sent.status, JSON.stringify(sent.body)]).toEqual([shown.status, JSON.stringify(shown.body)]);
    for (const [name, value] of Object.entries(shown.headers)) expect([name, sent.headers.get(name)]).toEqual([name, value]);
  });

  it('a refusal is to the letter what its program gets, but for the request id', async () => {
    const elsewhere = await makeLicense(harness, { productId: (await makeProduct(harness.admin)).id });
    for (const [asker, program, of] of [
      [harness.admin, elsewhere.client, { licenseId: elsewhere.id }],
      [harness.nobody, harness.nobody, {}],
    ] as const) {
      const { errors } = await asker.graphql(QUERY, { input: { product: 'aurora', version: '2.0', ...of } });
      const { code, params, remedy } = (errors[0]?.extensions ?? {}) as { code: EntitlementCode; params: unknown; remedy: unknown };
      const status = entitlementStatus(code);
      const sent = await asProgram(program, '2.0');
      const message = errors[0]?.message ?? '';
      const shown = problemJson({ status, code, message, params, remedy }, String(sent.body?.['requestId']));
      expect([sent.status, JSON.stringify(sent.body)]).toEqual([status, JSON.stringify(shown)]);
    }
  });
});

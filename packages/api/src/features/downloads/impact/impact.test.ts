import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeCustomer, makeDraft, makeFile, makeLicense, makeLimited, makeProduct, makePublished } from '../../../testing/make.js';

interface Step {
  judged: number;
  total: number;
  tallies: { effect: string; code: string; count: number }[];
  entries: { effect: string; code: string; license: { id: string } | null; downloadable: { id: string } | null }[];
  endCursor: string | null;
}

const PREVIEW = `query($input: PreviewImpactInput!, $after: String) { previewImpact(input: $input, after: $after) {
  judged total tallies { effect code count } entries { effect code license { id } downloadable { id } } endCursor } }`;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the impact of a change on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;
  let licenses: { good: string; ended: string; suspended: string; tester: string };
  let client: Client;

  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin, { distribution: 'LICENSED' })).id;
    const customerId = (await makeCustomer(harness.admin)).id;
    const good = await makeLicense(harness, { productId, customerId });
    const ended = await makeLicense(harness, { productId, customerId, updatesUntil: '2025-01-01' });
    const suspended = await makeLicense(harness, { productId });
    const tester = await makeLicense(harness, { productId, channels: ['beta'] });
    await harness.admin.run('suspendLicense', { id: suspended.id }, 'license { id }');
    licenses = { good: good.id, ended: ended.id, suspended: suspended.id, tester: tester.id };
    client = tester.client;
  });
  afterAll(() => harness.close());

  const step = async (input: Record<string, unknown>, after: string | null = null, as: Client = harness.admin): Promise<Step> =>
    (await as.query<{ previewImpact: Step }>(PREVIEW, { input, after })).previewImpact;
  const codeOf = async (input: Record<string, unknown>, as: Client): Promise<string | undefined> =>
    (await as.graphql(PREVIEW, { input })).errors[0]?.extensions.code;
  const told = ({ tallies }: Step): readonly string[] => tallies.map(({ effect, code, count }) => `${count} ${effect} ${code}`).toSorted();
  const ofRelease = (downloadableId: string, change: string, more: object = {}) => ({ release: { downloadableId, change, ...more } });

  it('before a publish: who gains it, and why others do not', async () => {
    const draft = await makeDraft(harness.admin, { productId, version: '3.0', releaseDate: '2026-01-01' });
    await makeFile(harness, draft.id);
    const preview = await step(ofRelease(draft.id, 'PUBLISH'));
    expect(told(preview)).toEqual(['1 STAYS_WITHOUT LICENSE_SUSPENDED', '1 STAYS_WITHOUT UPDATES_EXPIRED', '2 GAINS ALLOWED']);
    expect(preview).toMatchObject({ judged: 4, total: 4, entries: [], endCursor: null });
    const { data } = await harness.admin.graphql<{ previewImpact: Step }>(PREVIEW, { input: ofRelease(draft.id, 'PUBLISH') });
    expect(data?.previewImpact).toEqual(preview);
    const listed = await step({ ...ofRelease(draft.id, 'PUBLISH'), list: { effect: 'STAYS_WITHOUT', code: 'UPDATES_EXPIRED' } });
    expect(listed.entries.map(({ license }) => license?.id)).toEqual([licenses.ended]);
  });

  it('what a publish and a withdrawal are said to do is what customers are answered afterwards', async () => {
    const release = await makePublished(harness, { productId, version: '4.0', releaseDate: '2026-01-01' });
    expect(told(await step(ofRelease(release.id, 'ARCHIVE')))).toContain('2 KEEPS ALLOWED');
    expect(told(await step(ofRelease(release.id, 'UNPUBLISH')))).toContain('2 LOSES NOT_FOUND');
    await client.fetch(`/d/${release.file.id}/${release.file.fileName}`);
    const normal = await step({ ...ofRelease(release.id, 'WITHDRAW'), list: { effect: 'KEEPS' } });
    expect(told(normal)).toEqual([
      '1 KEEPS ALLOWED',
      '1 LOSES RELEASE_WITHDRAWN',
      '1 STAYS_WITHOUT LICENSE_SUSPENDED',
      '1 STAYS_WITHOUT UPDATES_EXPIRED',
    ]);
    expect(normal.entries.map(({ license }) => license?.id)).toEqual([licenses.tester]);
    expect(told(await step(ofRelease(release.id, 'WITHDRAW', { severity: 'SECURITY' })))).toContain('2 LOSES RELEASE_WITHDRAWN');
    await harness.admin.run(
      'withdrawDownloadable',
      { id: release.id, reason: 'It loses data.', severity: 'NORMAL' },
      'downloadable { id }',
    );
    const { status } = await client.fetch(`/d/${release.file.id}/${release.file.fileName}`);
    expect(status).toBe(302);
  });

  it('another channel takes a release from those who do not have it', async () => {
    const release = await makePublished(harness, { productId, version: '5.0', releaseDate: '2026-01-01' });
    expect(told(await step(ofRelease(release.id, 'CHANGE_CHANNEL', { channel: 'beta' })))).toEqual([
      '1 KEEPS ALLOWED',
      '1 LOSES CHANNEL_NOT_INCLUDED',
      '1 STAYS_WITHOUT LICENSE_SUSPENDED',
      '1 STAYS_WITHOUT UPDATES_EXPIRED',
    ]);
    expect(await codeOf(ofRelease(release.id, 'CHANGE_CHANNEL'), harness.admin)).toBe('BAD_USER_INPUT');
  });

  it('another channel of a draft changes who will get it', async () => {
    const draft = await makeDraft(harness.admin, { productId, version: '5.1', releaseDate: '2026-01-01' });
    const moved = ofRelease(draft.id, 'CHANGE_CHANNEL', { channel: 'beta' });
    expect(told(await step(moved))).toContain('1 LOSES CHANNEL_NOT_INCLUDED');
    expect(told(await step(ofRelease(draft.id, 'CHANGE_CHANNEL', { channel: 'stable' })))).toContain('2 KEEPS ALLOWED');
  });

  it('at a later time licenses are judged as they will be then', async () => {
    const own = (await makeProduct(harness.admin, { distribution: 'LICENSED' })).id;
    await makeLicense(harness, { productId: own, expiresAt: '2030-06-01T00:00:00Z' });
    const draft = await makeDraft(harness.admin, { productId: own, version: '1.0' });
    expect(told(await step(ofRelease(draft.id, 'PUBLISH', { at: '2030-05-01T00:00:00Z' })))).toEqual(['1 GAINS ALLOWED']);
    expect(told(await step(ofRelease(draft.id, 'PUBLISH', { at: '2030-07-01T00:00:00Z' })))).toEqual(['1 STAYS_WITHOUT LICENSE_EXPIRED']);
  });

  it('of many releases, also of several products, a license loses by it if it loses one', async () => {
    const [first, second] = [await makeProduct(harness.admin), await makeProduct(harness.admin)];
    const whole = await makeLicense(harness, { productId: first.id });
    const partly = await makeLicense(harness, { productId: first.id, versionRange: '<2' });
    await makeLicense(harness, { productId: first.id, versionRange: '>=9' });
    const other = await makeLicense(harness, { productId: second.id });
    const releases = [
      await makePublished(harness, { productId: first.id, version: '1.0' }),
      await makePublished(harness, { productId: first.id, version: '2.0' }),
      await makePublished(harness, { productId: second.id, version: '1.0' }),
    ];
    const downloadableIds = releases.map(({ id }) => id);
    const walk = async (change: string): Promise<readonly Step[]> => {
      const input = { releases: { downloadableIds, change }, list: { effect: 'LOSES' } };
      const parts = [await step(input)];
      for (let last = parts[0]; last?.endCursor != null; parts.push(last)) last = await step(input, last.endCursor);
      return parts;
    };
    const parts = await walk('UNPUBLISH');
    expect(new Set(parts.flatMap(({ entries }) => entries.map(({ license }) => license?.id)))).toEqual(
      new Set([whole.id, partly.id, other.id]),
    );
    expect(parts.map(({ total }) => total)).toEqual(parts.map(() => 4));
    expect(parts.reduce((sum, { judged }) => sum + judged, 0)).toBe(4);
    expect((await walk('ARCHIVE')).flatMap(told).toSorted()).toEqual([
      '1 KEEPS ALLOWED',
      '1 STAYS_WITHOUT VERSION_NOT_COVERED',
      '2 KEEPS ALLOWED',
    ]);
    expect(await codeOf({ releases: { downloadableIds: [], change: 'ARCHIVE' } }, harness.admin)).toBe('BAD_USER_INPUT');
    expect(await codeOf({ releases: { downloadableIds, change: 'CHANGE_CHANNEL' } }, harness.admin)).toBe('BAD_USER_INPUT');
    expect(await codeOf({ releases: { downloadableIds: [...downloadableIds, 'gone'], change: 'ARCHIVE' } }, harness.admin)).toBe(
      'NOT_FOUND',
    );
  });

  it('before a change of channels: who gains and who loses a release by it', async () => {
    const channels = ['stable', 'beta', 'alpha'].map((name) => ({ name, includes: name === 'beta' ? ['stable'] : [] }));
    const own = (await makeProduct(harness.admin, { channels })).id;
    const holder = await makeLicense(harness, { productId: own, channels: ['beta'] });
    await makeLicense(harness, { productId: own });
    const alpha = await makePublished(harness, { productId: own, version: '3.0-alpha.1', channel: 'alpha' });
    await makePublished(harness, { productId: own, version: '2.0' });
    const after = (includes: readonly string[]) => ({
      channels: { productId: own, channels: channels.map((one) => (one.name === 'beta' ? { ...one, includes } : one)) },
    });
    const gain = await step({ ...after(['stable', 'alpha']), list: { effect: 'GAINS' } });
    expect(told(gain)).toEqual(['1 GAINS ALLOWED', '1 KEEPS ALLOWED']);
    expect(gain.entries).toMatchObject([{ license: { id: holder.id }, downloadable: { id: alpha.id } }]);
    expect(told(await step(after([])))).toEqual(['1 KEEPS ALLOWED', '1 LOSES CHANNEL_NOT_INCLUDED']);
    expect(told(await step(after(['stable'])))).toEqual(['2 KEEPS ALLOWED']);
    expect(await codeOf({ channels: { productId: own, channels: [] } }, harness.admin)).toBe('BAD_USER_INPUT');
    expect(await codeOf({ channels: { productId: 'none', channels } }, harness.admin)).toBe('NOT_FOUND');
    const empty = (await makeProduct(harness.admin)).id;
    expect(await step({ channels: { productId: empty, channels } })).toMatchObject({ judged: 0, total: 0, endCursor: null });
  });

  it('before a change of a license: which releases it gains and loses', async () => {
    const own = (await makeProduct(harness.admin, { distribution: 'LICENSED' })).id;
    const [old, young] = [
      await makePublished(harness, { productId: own, version: '1.0', releaseDate: '2024-01-01' }),
      await makePublished(harness, { productId: own, version: '2.0', releaseDate: '2026-01-01' }),
    ];
    const license = await makeLicense(harness, { productId: own, updatesUntil: '2025-01-01' });
    const extended = await step({ license: { terms: { id: license.id, updatesUntil: null } }, list: { effect: 'GAINS' } });
    expect([told(extended), extended.entries.map(({ downloadable }) => downloadable?.id), extended.total]).toEqual([
      ['1 GAINS ALLOWED', '1 KEEPS ALLOWED'],
      [young.id],
      2,
    ]);
    const narrowed = { license: { terms: { id: license.id, versionRange: '>=2', updatesUntil: null } }, list: { effect: 'LOSES' } };
    expect((await step(narrowed)).entries.map(({ downloadable }) => downloadable?.id)).toEqual([old.id]);
    expect(told(await step({ license: { terms: { id: license.id }, status: 'SUSPENDED' } }))).toEqual([
      '1 LOSES LICENSE_SUSPENDED',
      '1 STAYS_WITHOUT LICENSE_SUSPENDED',
    ]);
  });

  it('goes on after each part until every license is judged once', async () => {
    const { id: many } = await makeProduct(harness.admin, { distribution: 'LICENSED' });
    const { id } = await makePublished(harness, { productId: many });
    for (let index = 0; index < 4; index += 1) {
      const customerId = (await makeCustomer(harness.admin)).id;
      for (let each = 0; each < 20; each += 1) await makeLicense(harness, { productId: many, customerId });
    }
    const seen: string[] = [];
    let judged = 0;
    let steps = 0;
    for (let after: string | null = null, first = true; first || after !== null; first = false) {
      const part: Step = await step({ ...ofRelease(id, 'UNPUBLISH'), list: { effect: 'LOSES' } }, after);
      seen.push(...part.entries.map(({ license }) => license?.id ?? ''));
      judged += part.judged;
      steps += 1;
      after = part.endCursor;
    }
    expect([judged, new Set(seen).size, seen.length, steps]).toEqual([80, 80, 80, 2]);
  });

  it('publishers see numbers without names, and nobody sees what is not theirs', async () => {
    const { id } = await makePublished(harness, { productId, version: '6.0' });
    const publisher = await harness.makeUser('PUBLISHER');
    expect((await step(ofRelease(id, 'ARCHIVE'), null, publisher)).judged).toBe(4);
    expect(await codeOf({ ...ofRelease(id, 'ARCHIVE'), list: { effect: 'KEEPS' } }, publisher)).toBe('FORBIDDEN');
    expect(await codeOf({ license: { terms: { id: licenses.good } } }, publisher)).toBe('NOT_FOUND');
    const limited = await makeLimited(harness, 'SUPPORT', [(await makeProduct(harness.admin)).id]);
    expect(await codeOf(ofRelease(id, 'ARCHIVE'), limited)).toBe('NOT_FOUND');
    expect(await codeOf({ license: { terms: { id: licenses.good } } }, limited)).toBe('NOT_FOUND');
    expect(await codeOf(ofRelease(id, 'ARCHIVE'), client)).toBe('FORBIDDEN');
    for (const after of ['none', `${productId}.x.many`, 'gone..3'])
      expect((await harness.admin.graphql(PREVIEW, { input: ofRelease(id, 'ARCHIVE'), after })).errors[0]?.extensions.code).toBe(
        'BAD_USER_INPUT',
      );
    for (const input of [{}, { ...ofRelease(id, 'ARCHIVE'), license: { terms: { id: licenses.good } } }])
      expect(await codeOf(input, harness.admin)).toBe('BAD_USER_INPUT');
  });
});

import { SCOPES } from '@slipway/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeDraft, makeProduct, makePublished, makeToken, type Made } from '../../testing/make.js';
import { LINK_FIELDS, makeShareLink, type SeenLink } from '../../testing/make-share-link.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('share links on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const list = async (downloadableId: string, client = harness.admin, page = '') =>
    (
      await client.query<{
        downloadable: { shareLinks: { nodes: SeenLink[]; totalCount: number; pageInfo: { endCursor: string } } | null };
      }>(`query($id: ID!) { downloadable(id: $id) { shareLinks${page} { nodes { ${LINK_FIELDS} } totalCount pageInfo { endCursor } } } }`, {
        id: downloadableId,
      })
    ).downloadable.shareLinks;

  it('one is shown once, and afterwards listed without its secret', async () => {
    const draft = await makeDraft(harness.admin);
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const { id, url, token } = await makeShareLink(harness.admin, {
      downloadableId: draft.id,
      label: ' Oslo ',
      expiresAt,
      maxDownloads: 3,
    });
    expect(url).toBe(`${harness.baseUrl}/s/${token}`);
    expect(Buffer.from(token, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    const links = await list(draft.id);
    expect(links?.nodes).toMatchObject([
      {
        id,
        url: null,
        label: 'Oslo',
        state: 'ACTIVE',
        channel: null,
        version: draft.version,
        downloadable: { id: draft.id },
        product: { id: draft.productId },
        createdBy: { kind: 'USER', name: 'Test ADMIN' },
        expiresAt,
        maxDownloads: 3,
        downloadsUsed: 0,
        lastUsedAt: null,
        revokedAt: null,
        uses: { nodes: [] },
      },
    ]);
    const rows = await harness.database.query('SELECT * FROM share_link WHERE id = ?', [id]);
    const audit = await harness.database.query('SELECT * FROM audit_event WHERE subject_id = ?', [draft.id]);
    expect(JSON.stringify([rows, audit])).not.toContain(token);
  });

  it('one shows where to send feedback once the vendor gave an address', async () => {
    const { token } = await makeShareLink(harness.admin, { downloadableId: (await makeDraft(harness.admin)).id });
    const shown = async () =>
      (
        await harness.nobody.query<{ sharedRelease: object }>('query($t: String!) { sharedRelease(token: $t) { feedbackEmail } }', {
          t: token,
        })
      ).sharedRelease;
    expect(await shown()).toEqual({ feedbackEmail: null });
    await harness.admin.run('updateSettings', { feedbackEmail: 'beta@aurora.example' }, 'settings { feedbackEmail }');
    expect(await shown()).toEqual({ feedbackEmail: 'beta@aurora.example' });
  });

  it('without terms it lives seven days, without a limit', async () => {
    const draft = await makeDraft(harness.admin);
    await makeShareLink(harness.admin, { downloadableId: draft.id });
    const [link] = (await list(draft.id))?.nodes ?? [];
    expect(link).toMatchObject({ label: null, maxDownloads: null });
    expect(new Date(link?.expiresAt ?? 0).getTime() - new Date(link?.createdAt ?? 0).getTime()).toBe(7 * 86_400_000);
  });

  it('the same key makes one link, whose URL is not repeated; other input is an error', async () => {
    const draft = await makeDraft(harness.admin);
    const input = { downloadableId: draft.id, idempotencyKey: `share ${draft.id}` };
    const first = await makeShareLink(harness.admin, input);
    const { shareLink } = await harness.admin.run<{ shareLink: { id: string; url: null } }>(
      'createShareLink',
      input,
      'shareLink { id url }',
    );
    expect(shareLink).toEqual({ id: first.id, url: null });
    const { userErrors } = await harness.admin.mutate('createShareLink', { ...input, maxDownloads: 1 });
    expect(userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect((await list(draft.id))?.totalCount).toBe(1);
  });

  it('a revoked one is said to be so, and revoking twice is revoking once', async () => {
    const draft = await makeDraft(harness.admin);
    const { id } = await makeShareLink(harness.admin, { downloadableId: draft.id });
    const revoke = () => harness.admin.run<{ shareLink: SeenLink }>('revokeShareLink', { id }, 'shareLink { state revokedAt url }');
    const first = await revoke();
    expect(first.shareLink).toMatchObject({ state: 'REVOKED', revokedAt: expect.any(String), url: null });
    expect(await revoke()).toEqual(first);
    const events = await harness.database.query('SELECT id FROM audit_event WHERE subject_id = ? AND action = ?', [
      draft.id,
      'shareLink.revoke',
    ]);
    expect(events).toHaveLength(1);
  });

  it('making and revoking stand in the history of the release, or of the product', async () => {
    const draft = await makeDraft(harness.admin);
    const { id } = await makeShareLink(harness.admin, { downloadableId: draft.id, label: 'Oslo' });
    await harness.admin.run('revokeShareLink', { id }, 'shareLink { id }');
    await makeShareLink(harness.admin, { productId: draft.productId, channel: 'beta' });
    const { downloadable, auditEvents } = await harness.admin.query<Record<string, { history?: object; nodes?: object[] }>>(
      `query($id: ID!, $product: ID!) {
        downloadable(id: $id) { history { nodes { action change { after } } } }
        auditEvents(filter: { subjectType: PRODUCT, subjectId: $product }) { nodes { action change { after } } }
      }`,
      { id: draft.id, product: draft.productId },
    );
    expect(downloadable?.history).toMatchObject({
      nodes: [
        { action: 'SHARE_LINK_REVOKE', change: { after: { shareLinkId: id } } },
        { action: 'SHARE_LINK_CREATE', change: { after: { shareLinkId: id, label: 'Oslo' } } },
        { action: 'DOWNLOADABLE_CREATE' },
      ],
    });
    expect(auditEvents?.nodes?.[0]).toMatchObject({ action: 'SHARE_LINK_CREATE', change: { after: { channel: 'beta' } } });
  });

  it('lists page without gaps, and a product lists those of its releases and channels', async () => {
    const draft = await makeDraft(harness.admin);
    const made: Made[] = [];
    for (let count = 0; count < 3; count += 1) made.unshift(await makeShareLink(harness.admin, { downloadableId: draft.id }));
    const beta = await makeShareLink(harness.admin, { productId: draft.productId, channel: 'beta' });
    const first = await list(draft.id, harness.admin, '(first: 2)');
    const rest = await list(draft.id, harness.admin, `(first: 2, after: "${first?.pageInfo.endCursor}")`);
    expect([...(first?.nodes ?? []), ...(rest?.nodes ?? [])].map(({ id }) => id)).toEqual(made.map(({ id }) => id));
    const { product } = await harness.admin.query<{ product: Record<'all' | 'beta' | 'rc', { nodes: Made[]; totalCount: number }> }>(
      `query($id: ID!) { product(id: $id) {
        all: shareLinks { nodes { id } totalCount } beta: shareLinks(channel: "beta") { nodes { id } totalCount } rc: shareLinks(channel: "rc") { nodes { id } totalCount } } }`,
      { id: draft.productId },
    );
    expect(product.all.nodes.map(({ id }) => id)).toEqual([beta.id, ...made.map(({ id }) => id)]);
    expect([product.all.totalCount, product.beta.nodes.map(({ id }) => id), product.rc.totalCount]).toEqual([4, [beta.id], 0]);
  });

  it('whoever reads releases sees links, but only who publishes makes and revokes them', async () => {
    const release = await makePublished(harness);
    const { id } = await makeShareLink(harness.admin, { downloadableId: release.id });
    const writer = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
    for (const client of [await harness.makeUser('SUPPORT'), writer]) {
      expect((await list(release.id, client))?.nodes.map((link) => link.id)).toEqual([id]);
      for (const [name, input] of [
        ['createShareLink', { downloadableId: release.id }],
        ['revokeShareLink', { id }],
      ] as const) {
        const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
        const { errors } = await client.graphql(`mutation($i: ${type}!) { ${name}(input: $i) { userErrors { code } } }`, { i: input });
        expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
      }
    }
    const publisher = await harness.makeUser('PUBLISHER');
    await makeShareLink(publisher, { downloadableId: release.id });
  });

  it('a token for one product neither sees, makes nor revokes links of another', async () => {
    const other = await makePublished(harness, { productId: (await makeProduct(harness.admin, { distribution: 'OPEN' })).id });
    const { id } = await makeShareLink(harness.admin, { downloadableId: other.id });
    const own = await makeDraft(harness.admin);
    const token = await makeToken(harness.admin, { scopes: [...SCOPES], productId: own.productId });
    await makeShareLink(token, { downloadableId: own.id });
    expect(await list(other.id, token)).toBeNull();
    expect(await token.query('query($id: ID!) { shareLink(id: $id) { id } }', { id })).toEqual({ shareLink: null });
    const { product } = await token.query<{ product: object }>('query($id: ID!) { product(id: $id) { shareLinks { totalCount } } }', {
      id: other.productId,
    });
    expect(product).toEqual({ shareLinks: null });
    for (const [name, type, input] of [
      ['createShareLink', 'CreateShareLinkInput', { downloadableId: other.id }],
      ['createShareLink', 'CreateShareLinkInput', { productId: other.productId, channel: 'beta' }],
      ['revokeShareLink', 'RevokeShareLinkInput', { id }],
    ] as const) {
      const { errors } = await token.graphql(`mutation($i: ${type}!) { ${name}(input: $i) { userErrors { code } } }`, { i: input });
      expect(errors[0]?.extensions.code).toBe('NOT_FOUND');
    }
  });

  it('a release with links can be deleted; the links stay listed by the product, with their version', async () => {
    const release = await makePublished(harness);
    const { id } = await makeShareLink(harness.admin, { downloadableId: release.id });
    await harness.admin.run('deleteDownloadable', { id: release.id, confirmVersion: release.version }, 'deletedId');
    const { product } = await harness.admin.query<{ product: { shareLinks: { nodes: SeenLink[] } } }>(
      `query($id: ID!) { product(id: $id) { shareLinks { nodes { ${LINK_FIELDS} } } } }`,
      { id: release.productId },
    );
    expect(product.shareLinks.nodes).toMatchObject([{ id, downloadable: null, version: release.version, state: 'ACTIVE' }]);
    await harness.admin.run('revokeShareLink', { id }, 'shareLink { id }');
  });
});

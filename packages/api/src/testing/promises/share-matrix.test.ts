import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeDraft, makeFile, makeProduct } from '../make.js';
import { makeShareLink } from '../make-share-link.js';
import { FOREVER, makeViewers, type Viewer } from './matrix-world.js';
import type { ReleaseState, ViewerName } from './matrix.cases.js';

/** PROMISES.md, row 5, for share links: whoever opens one gets what the release's state allows, and nothing by themselves. */

type Step = [mutation: string, input: Record<string, unknown>, fields: string];

const STATUS = 'downloadable { status }';
const PUBLISH: Step = ['publishDownloadable', {}, STATUS];

/** How a draft gets into a state, and what a link answers then. */
const STATES: Readonly<Record<ReleaseState, { readonly steps: readonly Step[]; readonly status: number; readonly code: string }>> = {
  draft: { steps: [], status: 302, code: 'ALLOWED' },
  scheduled: { steps: [['publishDownloadable', { publishAt: FOREVER }, STATUS]], status: 302, code: 'ALLOWED' },
  published: { steps: [PUBLISH], status: 302, code: 'ALLOWED' },
  'published with an open revision': { steps: [PUBLISH, ['reviseDownloadable', {}, STATUS]], status: 302, code: 'ALLOWED' },
  unpublished: { steps: [PUBLISH, ['unpublishDownloadable', {}, STATUS]], status: 302, code: 'ALLOWED' },
  archived: { steps: [PUBLISH, ['archiveDownloadable', {}, STATUS]], status: 302, code: 'ALLOWED' },
  withdrawn: {
    steps: [PUBLISH, ['withdrawDownloadable', { reason: 'For the matrix.', severity: 'NORMAL' }, STATUS]],
    status: 410,
    code: 'RELEASE_WITHDRAWN',
  },
  deleted: { steps: [['deleteDownloadable', { confirmVersion: '' }, 'deletedId']], status: 404, code: 'NOT_FOUND' },
};

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the share link matrix on $name', ({ start }) => {
  let harness: Harness;
  let viewers: Map<ViewerName, Viewer>;
  let productId: string;
  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin, { distribution: 'LICENSED' })).id;
    viewers = await makeViewers(harness, productId);
  });
  afterAll(() => harness.close());

  // Object.keys forgets that these are the states.
  it.each(Object.keys(STATES) as ReleaseState[])('a link of a release that is %s answers every viewer alike', async (state) => {
    const { steps, status, code } = STATES[state];
    const draft = await makeDraft(harness.admin, { productId });
    const file = await makeFile(harness, draft.id);
    const { token, id } = await makeShareLink(harness.admin, { downloadableId: draft.id });
    for (const [mutation, input, fields] of steps) {
      const confirm = 'confirmVersion' in input ? { confirmVersion: draft.version } : {};
      await harness.admin.run(mutation, { ...input, ...confirm, id: draft.id }, fields);
    }
    for (const [name, { client, isSomebody }] of viewers) {
      const path = `/s/${token}/${file.fileName}`;
      const headers = { 'user-agent': name };
      const [get, head] = [await client.fetch(path, { headers }), await client.fetch(path, { method: 'HEAD', headers })];
      expect([get.status, head.status], name).toEqual([status, status === 302 ? 200 : status]);
      // A token that does not work gets no further than the door of GraphQL.
      if (!isSomebody && name !== 'nobody') continue;
      const { sharedRelease } = await client.query<{ sharedRelease: { access: { code: string } } }>(
        'query($token: String!) { sharedRelease(token: $token) { access { code } } }',
        { token },
      );
      expect(sharedRelease.access.code, name).toBe(code);
    }
    const { shareLink } = await harness.admin.query<{ shareLink: object }>('query($id: ID!) { shareLink(id: $id) { downloadsUsed } }', {
      id,
    });
    expect(shareLink).toEqual({ downloadsUsed: status === 302 ? viewers.size : 0 });
  });
});

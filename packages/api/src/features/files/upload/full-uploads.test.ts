import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../kernel/limits/limits.js';
import type { Client } from '../../../testing/client.js';
import { curl, makeLocalFile } from '../../../testing/curl.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeToken } from '../../../testing/make.js';
import { draftRevisionOf, insertManyFiles } from '../../../testing/many-files.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('curl where there is no room on $name', ({ start }) => {
  let harness: Harness;
  let token: Client;
  let local: Awaited<ReturnType<typeof makeLocalFile>>;
  beforeAll(async () => {
    harness = await start();
    token = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
    local = await makeLocalFile(randomBytes(2_000_000), 'app.exe');
  });
  afterAll(async () => {
    await local.drop();
    await harness.close();
  });

  /** Asks first whether the file may come, and waits for the answer. */
  const send = (id: string) =>
    curl([
      '--expect100-timeout',
      '60',
      '-T',
      local.path,
      '-H',
      `Authorization: ${token.headers['authorization']}`,
      `${harness.baseUrl}/api/v1/downloadables/${id}/files/app.exe`,
    ]);

  it('a file too many for its release, and an upload too many for its sender, are refused before any byte is sent', async () => {
    const full = await makeDraft(harness.admin);
    const { database } = harness;
    await insertManyFiles(database, await draftRevisionOf(database, full.id), {
      count: LIMITS.filesPerRelease.most,
      nameOf: (index) => `f${index}.bin`,
    });
    const tooMany = await send(full.id);
    expect([tooMany.status, tooMany.sentBytes, JSON.parse(tooMany.body).code]).toEqual([422, 0, 'TOO_MANY']);
    const draft = await makeDraft(harness.admin);
    for (let index = 0; index < LIMITS.openUploads.most; index += 1)
      await token.mutate('createUpload', { downloadableId: draft.id, fileName: `open-${index}.bin`, size: 1 });
    const busy = await send(draft.id);
    expect([busy.status, busy.sentBytes, JSON.parse(busy.body).code]).toEqual([422, 0, 'TOO_MANY']);
  });
});

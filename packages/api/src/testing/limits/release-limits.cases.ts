import { toSqlInstant } from '../../database/instants.js';
import { newId } from '../../kernel/ids.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { makeDraft, makeProduct, makePublished, makeToken, uploadInParts } from '../make.js';
import { draftRevisionOf, insertManyFiles } from '../many-files.js';
import { copyRows } from './copy-rows.js';
import { errorOf, problemOf, userErrorOf, type CountProbe, type LimitProbe } from './probe.js';

const GIB = 2 ** 30;
let count = 0;
const next = (): number => (count += 1);

/** Limits of releases that are no counts of rows. */
export const RELEASE_LIMITS = {
  openUploadGib: {
    exceed: async (harness) => {
      const { database, app } = harness;
      await database.transaction((tx) => app.features.settings.write(tx, 'maxFileSizeBytes', String(500 * GIB)));
      const writer = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
      const { id: downloadableId } = await makeDraft(harness.admin);
      const upload = async (size: number) =>
        userErrorOf(await writer.mutate('createUpload', { downloadableId, fileName: `f${next()}.bin`, size }, 'upload { id }'));
      const fitting = [await upload(500 * GIB), await upload(500 * GIB)].find((refusal) => refusal !== null);
      return fitting ?? (await upload(1));
    },
  },
  announcedFiles: {
    exceed: async ({ admin }) => {
      const { id: productId } = await makeProduct(admin);
      const files = Array.from({ length: LIMITS.announcedFiles.most + 1 }, () => ({ fileName: `f${next()}.bin`, size: 1 }));
      const create = async (version: string, some: typeof files) =>
        userErrorOf(await admin.mutate('createDownloadable', { productId, version, files: some }));
      return (await create('1.0', files.slice(1))) ?? (await create('2.0', files));
    },
  },
  revisionsPerRelease: {
    exceed: async (harness) => {
      const { id } = await makePublished(harness);
      const last = LIMITS.revisionsPerRelease.most - 1;
      await harness.database.transaction((tx) => tx.execute('UPDATE revision SET number = ? WHERE downloadable_id = ?', [last, id]));
      await harness.admin.run('reviseDownloadable', { id }, 'downloadable { id }');
      await harness.admin.run('publishDownloadable', { id }, 'downloadable { id }');
      return userErrorOf(await harness.admin.mutate('reviseDownloadable', { id }));
    },
  },
  signedParts: {
    exceed: async ({ admin }) => {
      const { id: downloadableId } = await makeDraft(admin);
      const { upload } = await admin.run<{ upload: { id: string } }>(
        'createUpload',
        { downloadableId, fileName: 'f.bin', size: 1 },
        'upload { id }',
      );
      const partNumbers = Array.from({ length: LIMITS.signedParts.most + 1 }, () => 1);
      const query = 'mutation($input: SignUploadPartsInput!) { signUploadParts(input: $input) { parts { number } } }';
      return errorOf(await admin.graphql(query, { input: { uploadId: upload.id, partNumbers } }));
    },
  },
  channelsPerProduct: {
    exceed: async ({ admin }) => {
      const channels = Array.from({ length: LIMITS.channelsPerProduct.most }, (_, index) => ({
        name: index === 0 ? 'stable' : `c${index}`,
      }));
      await makeProduct(admin, { channels });
      return userErrorOf(await admin.mutate('createProduct', { name: 'One more', channels: [...channels, { name: 'more' }] }));
    },
  },
  changelogLength: {
    exceed: async ({ admin }) => {
      const changelog = 'x'.repeat(LIMITS.changelogLength.most);
      const { id: productId } = await makeProduct(admin);
      await makeDraft(admin, { productId, changelog });
      return userErrorOf(await admin.mutate('createDownloadable', { productId, version: '9.9', changelog: `${changelog}x` }));
    },
  },
  bulkReleases: {
    exceed: async ({ admin }) => {
      const ids = Array.from({ length: LIMITS.bulkReleases.most + 1 }, (_, index) => `id${index}`);
      const query = 'mutation($input: ChangeDownloadablesInput!) { changeDownloadables(input: $input) { changes { id } } }';
      return errorOf(await admin.graphql(query, { input: { ids, action: 'ARCHIVE', dryRun: true } }));
    },
  },
  statisticsDays: {
    exceed: async ({ admin }) => {
      const ask = (days: number) => admin.graphql(`{ downloadStatistics(filter: { days: ${days} }) { byDay { downloads } } }`);
      return errorOf(await ask(LIMITS.statisticsDays.most)) ?? errorOf(await ask(LIMITS.statisticsDays.most + 1));
    },
  },
} satisfies Record<string, LimitProbe>;

/** Counts of what a release has. */
export const RELEASE_COUNTS = {
  filesPerRelease: {
    fill: async ({ admin, database }, present) => {
      const { id: downloadableId } = await makeDraft(admin);
      await insertManyFiles(database, await draftRevisionOf(database, downloadableId), {
        count: present,
        nameOf: (index) => `f${index}.zip`,
      });
      const file = { downloadableId, url: 'https://files.example/f', size: 1 };
      return async () => userErrorOf(await admin.mutate('addExternalAsset', { ...file, fileName: `one-more-${next()}.zip` }));
    },
  },
  openUploads: {
    fill: async (harness, present) => {
      const writer = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
      const { id: downloadableId } = await makeDraft(harness.admin);
      const open = async () => userErrorOf(await writer.mutate('createUpload', { downloadableId, fileName: `f${next()}.bin`, size: 1 }));
      // One that is complete, and those of others, take no room.
      await uploadInParts(writer, { downloadableId, fileName: 'complete.bin', bytes: Buffer.from('x') });
      await harness.admin.run('createUpload', { downloadableId, fileName: 'of-another.bin', size: 1 }, 'upload { id }');
      for (let index = 0; index < present; index += 1) await open();
      return open;
    },
  },
  licenseTasks: {
    fill: async ({ admin, database, clock }, present) => {
      const make = async () => userErrorOf(await admin.mutate('changeLicenses', { action: 'REINSTATE', ids: ['none'] }));
      for (let index = 0; index < present; index += 1)
        await database.transaction((tx) =>
          tx.execute(
            `INSERT INTO license_task (id, action, input, state, total, changed, unchanged, failed, created_by_kind, created_by, request_id, created_at) VALUES (?, 'REINSTATE', '{}', 'RUNNING', 0, 0, 0, 0, 'USER', 'u', 'r', ?)`,
            [newId(), toSqlInstant(clock.now())],
          ),
        );
      return make;
    },
  },
  licenseImports: {
    fill: async ({ admin, database, clock }, present) => {
      for (let index = 0; index < present; index += 1)
        await database.transaction((tx) =>
          tx.execute(
            `INSERT INTO license_import (id, file_name, header, state, total, created, changed, unchanged, failed, created_by_kind, created_by, request_id, created_at) VALUES (?, 'f', '[]', 'RUNNING', 0, 0, 0, 0, 0, 'USER', 'u', 'r', ?)`,
            [newId(), toSqlInstant(clock.now())],
          ),
        );
      return async () => {
        const reply = await admin.fetch('/api/v1/license-imports', { method: 'POST', body: 'email,product\na@b.example,p' });
        return reply.ok ? null : problemOf(reply);
      };
    },
  },
  announcementsPerRelease: {
    fill: async ({ admin, database }, present) => {
      const { id: downloadableId } = await makeDraft(admin);
      const make = async () =>
        userErrorOf(await admin.mutate('createAnnouncement', { downloadableId, subject: 'News', body: 'It is out.' }));
      await make();
      await copyRows(database, 'announcement', [], { where: 'downloadable_id', is: downloadableId, count: present - 1 });
      return make;
    },
  },
  shareLinks: {
    fill: async ({ admin, database }, present) => {
      const { id: downloadableId } = await makeDraft(admin);
      const make = async () => userErrorOf(await admin.mutate('createShareLink', { downloadableId }));
      await make();
      await copyRows(database, 'share_link', ['token_hash'], { where: 'downloadable_id', is: downloadableId, count: present - 1 });
      return make;
    },
  },
} satisfies Record<string, CountProbe>;

import { isDebugArchive, listMainFiles, UPDATING_TYPES, type AssetType } from '@slipway/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { Chance } from '../../../testing/input/random-values.js';
import { makeDraft, makeFile, makeProduct } from '../../../testing/make.js';
import { listAssetsOfRevisions } from '../../assets/stored-asset.js';
import { rebuildReleases } from './rebuild.js';
import { ceilingsOf, raiseCeiling } from './version-ceilings.js';

const RELEASES = 24;
const CHANGES = 60;
const FILES = [
  'windows-x64.exe',
  'windows-arm64.exe',
  'linux-x64.deb',
  'linux-x64.deb.sig',
  'macos.dmg',
  'manual.pdf',
  'symbols-linux-x64.zip',
];
const CHANGES_OF_LIFE = ['publish', 'publish', 'publish', 'archive', 'restore', 'unpublish', 'revise', 'withdraw', 'delete'] as const;

interface Published {
  readonly id: string;
  readonly version_key: string;
  readonly channel: string;
  readonly first_release_date: string;
  readonly live_revision_id: string;
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the update index on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;
  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin)).id;
  });
  afterAll(() => harness.close());

  const pick = <T>(chance: Chance, among: readonly T[]): T => among[chance.below(among.length)] as T; // below its length
  const day = (chance: Chance): string => `2025-${String(1 + Math.floor(chance.next() * 12)).padStart(2, '0')}-01`;

  async function makeRelease(chance: Chance, number: number): Promise<{ id: string; version: string }> {
    const version = `${Math.floor(chance.next() * 4)}.${number}${chance.next() < 0.3 ? '-beta.1' : ''}`;
    const { id } = await makeDraft(harness.admin, { productId, version, releaseDate: day(chance) });
    for (const file of FILES) if (chance.next() < 0.4) await makeFile(harness, id, { fileName: `a-${number}-${file}` });
    return { id, version };
  }

  /** Some changes are refused in some states; the index has to be right all the same. */
  async function change(chance: Chance, { id, version }: { id: string; version: string }): Promise<void> {
    const what = pick(chance, CHANGES_OF_LIFE);
    const more = what === 'delete' ? { confirmVersion: version } : what === 'withdraw' ? { reason: 'A test.' } : {};
    const run = (mutation: string, input: object) =>
      harness.admin.graphql(
        `mutation($input: ${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { userErrors { code } } }`,
        { input },
      );
    await run(`${what}Downloadable`, { id, ...more });
    if (what === 'revise') await run('updateDownloadable', { id, lockVersion: 1, channel: 'rc' });
  }

  const published = (): Promise<Published[]> =>
    harness.database.query(
      `SELECT id, version_key, channel, first_release_date, live_revision_id FROM downloadable WHERE product_id = ? AND status = 'PUBLISHED' ORDER BY id`,
      [productId],
    );

  /** What the index has to hold, by a plain look at every release. */
  async function expected(): Promise<string[]> {
    const rows = await published();
    const listed = rows.map(async ({ id, version_key, channel, first_release_date, live_revision_id }) => {
      const files = listMainFiles(await listAssetsOfRevisions(harness.database, [live_revision_id]))
        .filter(({ type }) => (UPDATING_TYPES as readonly AssetType[]).includes(type))
        .filter(({ fileName }) => !isDebugArchive(fileName));
      return files.map((file) => [file.platform, file.architecture ?? '', channel, version_key, id, first_release_date].join(' '));
    });
    return [...new Set((await Promise.all(listed)).flat())].toSorted();
  }

  const indexed = async (): Promise<string[]> => {
    const rows = await harness.database.query<Record<string, string>>('SELECT * FROM update_target WHERE product_id = ?', [productId]);
    return rows
      .map((row) =>
        ['platform', 'architecture', 'channel', 'version_key', 'downloadable_id', 'first_release_date'].map((name) => row[name]).join(' '),
      )
      .toSorted();
  };

  /** By channel and day the highest version that came out until then, by looking at every release, and the ceiling. */
  async function ceilings(): Promise<{ readonly highest: string; readonly ceiling: string }[]> {
    const rows = await published();
    const days = Array.from({ length: 13 }, (_, month) => `2025-${String(month).padStart(2, '0')}-15`);
    const found = days.map(async (until) => {
      const known = await ceilingsOf(harness.database, { productId, channels: ['stable', 'rc', 'beta'], until });
      return ['stable', 'rc', 'beta'].map((channel) => {
        const keys = rows.filter((row) => row.channel === channel && row.first_release_date <= until).map((row) => row.version_key);
        return { highest: keys.toSorted().at(-1) ?? '', ceiling: known.get(channel) ?? '' };
      });
    });
    return (await Promise.all(found)).flat();
  }

  it.each([1, 2])('is what a plain look at the releases says after random changes of their lives (seed %i)', async (seed) => {
    const chance = new Chance(seed);
    const releases = [];
    for (let number = 0; number < RELEASES; number += 1) releases.push(await makeRelease(chance, number + seed * 100));
    for (let count = 0; count < CHANGES; count += 1) await change(chance, pick(chance, releases));
    expect(await indexed()).toEqual(await expected());
    expect((await indexed()).length).toBeGreaterThan(5);
    // What was taken back may leave a ceiling too high, never too low.
    expect((await ceilings()).filter(({ highest, ceiling }) => ceiling < highest)).toEqual([]);
    await rebuildReleases(harness.database);
    expect(await indexed()).toEqual(await expected());
    expect((await ceilings()).filter(({ highest, ceiling }) => ceiling !== highest)).toEqual([]);
  });

  it('has no ceiling below a version when many are published at once, in whatever order of days', async () => {
    const { id } = await makeProduct(harness.admin);
    const chance = new Chance(3);
    const all = Array.from({ length: 40 }, (_, number) => ({
      productId: id,
      channel: 'stable',
      day: day(chance),
      versionKey: `key-${number}`,
    }));
    await Promise.all(all.map((one) => harness.database.transaction((tx) => raiseCeiling(tx, one))));
    for (const until of new Set(all.map((one) => one.day))) {
      const highest = all
        .filter((one) => one.day <= until)
        .map(({ versionKey }) => versionKey)
        .toSorted()
        .at(-1);
      expect((await ceilingsOf(harness.database, { productId: id, channels: ['stable'], until })).get('stable')).toBe(highest);
    }
  });
});

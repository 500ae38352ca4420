import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { project } from '../../features/downloadables/projection/projection.js';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeDraft, makeLicense, makeProduct, makeToken } from '../make.js';
import { asModel, LifecycleDriver } from './lifecycle-driver.js';
import { apply, copyOf } from './lifecycle-model.js';
import { NEW_RELEASE, type ModelContent, type ModelOperation, type ModelRelease, type ModelShown } from './lifecycle-states.js';

const OPERATIONS = process.env['PROVE'] ? 10_000 : 600;
/** So few releases at a time that each lives through much. */
const RELEASES = 12;
const SEED = Number(process.env['SEED'] ?? 20_261_121);

/** A generator of numbers in [0, 1) that a seed repeats: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const KINDS = [
  'edit',
  'addFile',
  'publish',
  'publish',
  'download',
  'undo',
  'schedule',
  'timeComes',
  'declare',
  'arrive',
  'arrive',
  'abort',
  'wait',
  'date',
  'cancel',
  'unpublish',
  'archive',
  'restore',
  'revise',
  'revise',
  'discard',
] as const;

function pickOperation(random: () => number): ModelOperation {
  // Withdrawing is final: seldom, or nothing else would be seen.
  if (random() < 0.02) return { kind: 'withdraw' };
  const kind = KINDS[Math.floor(random() * KINDS.length)] ?? 'publish';
  if (kind === 'edit') return { kind, name: `name ${Math.floor(random() * 1_000)}` };
  if (kind === 'addFile') return { kind, fileName: `file-${Math.floor(random() * 3)}.zip` };
  if (kind === 'declare' || kind === 'arrive' || kind === 'abort') return { kind, fileName: `sent-${Math.floor(random() * 2)}.zip` };
  if (kind === 'date') return { kind, date: random() < 0.3 ? null : `2024-0${1 + Math.floor(random() * 9)}-01` };
  if (kind === 'timeComes') return { kind, which: random() < 0.5 ? 'FIRST' : 'LAST' };
  return { kind };
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('random lives on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  it(`follow the model through ${OPERATIONS} operations (seed ${SEED})`, { timeout: OPERATIONS * 500 }, async () => {
    const random = randomFrom(SEED);
    const token = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
    const { id: productId } = await makeProduct(harness.admin);
    const { client: customer } = await makeLicense(harness, { productId });
    const driver = new LifecycleDriver(harness, token, customer);
    const model = new Map<string, ModelRelease>();
    let versions = 0;
    const nextVersion = (): string => `1.${(versions += 1)}`;
    for (let step = 0; step < OPERATIONS; step += 1) {
      const ids = [...model.keys()];
      const id = ids[Math.floor(random() * ids.length)];
      if (id === undefined || ids.length < RELEASES) {
        const isCopy = id !== undefined && random() < 0.3;
        const made = isCopy
          ? await copy(harness, id, nextVersion())
          : (await makeDraft(harness.admin, { productId, version: nextVersion() })).id;
        model.set(made, isCopy ? copyOf(model.get(id) ?? NEW_RELEASE) : NEW_RELEASE);
        continue;
      }
      const before = model.get(id) ?? NEW_RELEASE;
      if (before.status === 'WITHDRAWN' || random() < 0.01) {
        await remove(harness, id);
        model.delete(id);
        continue;
      }
      const operation = pickOperation(random);
      const outcome = apply(before, operation);
      const told = `step ${step}: ${JSON.stringify(operation)} on ${JSON.stringify(before)}`;
      const refusal = await driver.run(id, operation);
      const after = 'after' in outcome ? outcome.after : before;
      expect(refusal, told).toBe('refusal' in outcome ? outcome.refusal : null);
      expect(asModel(await driver.show(id)), told).toEqual(sorted(after));
      model.set(id, after);
    }
    await expectCounted(harness, productId, model);
    await expectProjected(harness, [...model.keys()]);
    await expectNoOrphans(harness);
  });
});

/** What is shown of it, its files in order. */
const sorted = ({ status, live, draft, past, numbers, isWaiting, firstDate }: ModelRelease): ModelShown => {
  const content = ({ number, name, files, date }: ModelContent): ModelContent => ({ number, name, files: [...files].sort(), date });
  return { status, numbers, isWaiting, firstDate, live: live && content(live), draft: draft && content(draft), past: past.map(content) };
};

async function copy(harness: Harness, id: string, version: string): Promise<string> {
  const { downloadable } = await harness.admin.run<{ downloadable: { id: string } }>(
    'copyDownloadable',
    { id, version },
    'downloadable { id }',
  );
  return downloadable.id;
}

async function remove(harness: Harness, id: string): Promise<void> {
  const { downloadable } = await harness.admin.query<{ downloadable: { version: string } }>(
    'query($id: ID!) { downloadable(id: $id) { version } }',
    { id },
  );
  await harness.admin.run('deleteDownloadable', { id, confirmVersion: downloadable.version }, 'deletedId');
}

/** The counters say how many there are of each status. */
async function expectCounted(harness: Harness, productId: string, model: ReadonlyMap<string, ModelRelease>): Promise<void> {
  for (const status of ['DRAFT', 'SCHEDULED', 'PUBLISHED', 'ARCHIVED', 'WITHDRAWN']) {
    const { downloadables } = await harness.admin.query<{ downloadables: { totalCount: number } }>(
      'query($f: DownloadableFilter) { downloadables(filter: $f) { totalCount } }',
      { f: { productId, status } },
    );
    expect(downloadables.totalCount, status).toBe([...model.values()].filter((release) => release.status === status).length);
  }
}

/** Writing every derived row again changes none. */
async function expectProjected(harness: Harness, ids: readonly string[]): Promise<void> {
  const read = async () =>
    JSON.stringify([
      await harness.database.query('SELECT * FROM downloadable ORDER BY id'),
      await harness.database.query('SELECT * FROM downloadable_term ORDER BY downloadable_id, term'),
      await harness.database.query('SELECT * FROM downloadable_counter ORDER BY product_id, status'),
    ]);
  const before = await read();
  for (const id of ids) await harness.database.transaction((tx) => project(tx, id));
  expect(await read()).toBe(before);
}

/** Every stored object has an asset, and every asset its object. */
async function expectNoOrphans(harness: Harness): Promise<void> {
  await harness.settle();
  const orphans = 'SELECT o.id FROM stored_object o WHERE NOT EXISTS (SELECT 1 FROM asset a WHERE a.stored_object_id = o.id)';
  expect(await harness.database.query(orphans)).toEqual([]);
}

import { decideAccess, expandChannels, releaseCandidates, STABLE_CHANNEL, type EntitlementDecision, type Platform } from '@slipway/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeAccess } from '../../app/access.js';
import { AssetLoaders } from '../../features/assets/asset.loaders.js';
import type { Downloadable } from '../../features/downloadables/downloadable.entity.js';
import { DownloadableLoaders } from '../../features/downloadables/downloadable.loaders.js';
import { DownloadableList } from '../../features/downloadables/list/downloadable-list.js';
import { accessFacts } from '../../features/downloads/access/access-facts.js';
import { AudienceReader } from '../../features/downloads/audience/audience-reader.js';
import { walkReleases } from '../../features/downloads/access/release-walk.js';
import type { License } from '../../features/licenses/license.entity.js';
import { ProductLoaders } from '../../features/products/product.loaders.js';
import type { SettingsService } from '../../features/settings/settings.service.js';
import type { RequestContext } from '../../kernel/context.js';
import { TEST_DIALECTS, type TestDatabase } from '../databases.js';
import { customerContext, staffContext } from '../staff-context.js';
import { judgedIn, makeWorld, writeWorlds, type Random, type World } from './prefilter-world.js';

/** DESIGN.md, section 4: SQL may narrow candidates first, and a generated test compares SQL and function. */
const WORLDS = process.env['PROVE'] ? 10_000 : 500;
const AT_ONCE = 50;
const SEED = 20;
const NOW = new Date('2026-11-29T12:00:00Z');
const TIME_ZONE = 'Pacific/Auckland';

/** Numbers from 0 to below 1 that only depend on the seed (mulberry32). */
function randomOf(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))(
  `in ${WORLDS.toLocaleString('en')} random worlds on $name`,
  ({ create }) => {
    let test: TestDatabase;
    let parts: ReturnType<typeof compose>;
    const worlds: World[] = [];
    /** The worlds in which somebody may have something, so that agreeing on nothing is no success. */
    let opened = 0;

    beforeAll(async () => {
      test = await create();
      parts = compose(test);
      const random = randomOf(SEED);
      for (let start = 0; start < WORLDS; start += AT_ONCE) {
        const some = Array.from({ length: AT_ONCE }, () => makeWorld(random, NOW));
        await test.database.transaction((tx) => writeWorlds(tx, some));
        worlds.push(...some);
      }
    }, 600_000);
    afterAll(() => test.drop());

    const decide = (world: World, row: Downloadable, licenses: readonly License[]): EntitlementDecision => {
      const newestFirst = [...licenses].toSorted((a, b) => (a.id < b.id ? 1 : -1));
      return decideAccess(accessFacts({ viewer: { kind: 'CUSTOMER' }, licenses: newestFirst }, judgedIn(world, row), TIME_ZONE), NOW);
    };
    const highest = (rows: readonly Downloadable[]): Downloadable | undefined =>
      rows.toSorted((a, b) => (a.versionKey < b.versionKey ? 1 : -1))[0];
    const ofCustomer = ({ licenses }: World, id: string): readonly License[] => licenses.filter(({ customerId }) => customerId === id);
    /** Published ones that are allowed: what is offered, by judging every row. */
    const allowed = (world: World, licenses: readonly License[]): readonly Downloadable[] =>
      world.releases.filter((row) => row.status === 'PUBLISHED' && decide(world, row, licenses).allowed);

    /** Asks about every world, and collects those where SQL and function differ. */
    async function disagreements(ask: (world: World) => Promise<readonly (readonly [unknown, unknown])[]>): Promise<readonly string[]> {
      const wrong: string[] = [];
      for (const world of worlds)
        for (const [bySql, byFunction] of await ask(world))
          if (JSON.stringify(bySql) !== JSON.stringify(byFunction))
            wrong.push(`${world.product.id}: ${JSON.stringify([bySql, byFunction])}`);
      return wrong;
    }

    it('the release that is offered to a customer, and to a license that staff look as, is the one that judging every row gives', async () => {
      const wrong = await disagreements(async (world) => {
        const productId = world.product.id;
        const asked: [string | undefined, string | undefined][] = [];
        const compare = async (context: RequestContext, licenses: readonly License[], licenseId: string | null): Promise<void> => {
          const open = allowed(world, licenses);
          if (open.length > 0) opened += 1;
          const as = licenseId === null ? null : { licenseId, ifPublished: false };
          for (const channel of [null, ...world.channels.map(({ name }) => name)]) {
            const names = channel === null ? [STABLE_CHANNEL] : [...expandChannels(world.channels, [channel])];
            const followed = highest(open.filter((row) => names.includes(row.channel)));
            const found = await parts.offered.find(context, { productId, as, channel });
            asked.push([found?.version, (followed ?? (channel === null ? highest(open) : undefined))?.version]);
          }
        };
        for (const { id } of world.customers) {
          const own = ofCustomer(world, id);
          await compare(customerContext(id, own.length > 0 ? [productId] : []), own, null);
        }
        const staff = staffContext('license:read', null);
        for (const license of world.licenses) await compare(staff, [license], license.id);
        return asked;
      });
      expect(wrong).toEqual([]);
      expect(opened).toBeGreaterThan(WORLDS / 2);
    }, 1_800_000);

    it('every release that is allowed is met by its walk of a stable address, the highest one first', async () => {
      const wrong = await disagreements(async (world) => {
        const asked: [string | undefined, string | undefined][] = [];
        for (const platform of ['WINDOWS', 'LINUX'] as const)
          for (const { id } of world.customers) {
            const licenses = ofCustomer(world, id);
            const open = allowed(world, licenses).filter(({ platforms }) => platforms.includes(platform) || platforms.includes('ALL'));
            const found = await walked(world, licenses, platform);
            asked.push([highest(open.filter((row) => found.includes(row)))?.version, highest(open)?.version]);
          }
        return asked;
      });
      expect(wrong).toEqual([]);
    }, 1_800_000);

    async function walked(world: World, licenses: readonly License[], platform: Platform): Promise<Downloadable[]> {
      const { product, channels } = world;
      const { distribution } = product;
      const viewer = { kind: 'CUSTOMER' } as const;
      const { licenses: facts } = accessFacts({ viewer, licenses }, judgedIn(world, world.releases[0] ?? ({} as Downloadable)), TIME_ZONE);
      const ids: string[] = [];
      for (const candidates of releaseCandidates(
        { viewer, licenses: facts, timeZone: TIME_ZONE, product: { distribution, channels } },
        NOW,
      )) {
        const names = channels.map(({ name }) => name).filter((name) => candidates.channels?.includes(name) ?? true);
        const target = { platform, architecture: null };
        const walk = { productId: product.id, channels: names, target, versionKeyBelow: null, candidates };
        for await (const step of walkReleases(test.database, walk)) ids.push(...step);
      }
      return world.releases.filter(({ id }) => ids.includes(id));
    }

    it('customers are listed exactly the releases that are no secret to them', async () => {
      const hidden = new Set(['NOT_FOUND', 'PRODUCT_CLOSED', 'PRODUCT_NOT_LICENSED']);
      const list = new DownloadableList(test.database);
      const wrong = await disagreements(async (world) => {
        const asked: [string[], string[]][] = [];
        for (const { id } of world.customers) {
          const own = ofCustomer(world, id);
          const context = customerContext(id, own.length > 0 ? [world.product.id] : []);
          const { nodes } = await list.list(context, { filter: { productId: world.product.id }, first: 100 });
          const shown = world.releases.filter((row) => !hidden.has(decide(world, row, own).code));
          asked.push([nodes.map((row) => row.id).toSorted(), shown.map((row) => row.id).toSorted()]);
        }
        return asked;
      });
      expect(wrong).toEqual([]);
    }, 1_800_000);

    it('an audience has every customer with a license once, with the answer that judging them gives', async () => {
      const wrong = await disagreements(async (world) => {
        const [row] = world.releases;
        const told: [string, string][] = [];
        const release = row && (await parts.audience.release(row.id));
        if (!row || !release) return [];
        for (let after: string | null = null, first = true; first || after !== null; first = false) {
          const slice = await parts.audience.slice(world.product.id, after, { customers: 1, licenses: 2 });
          const judged = await parts.audience.judge(release, slice.customerIds);
          told.push(...judged.map(({ customerId, decision }): [string, string] => [customerId, decision.code]));
          after = slice.until;
        }
        const holders = world.customers.filter(({ id }) => ofCustomer(world, id).length > 0);
        const expected = holders.map(({ id }) => [id, decide(world, row, ofCustomer(world, id)).code]);
        return [[told, expected.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))]];
      });
      expect(wrong).toEqual([]);
    }, 1_800_000);
  },
);

/** What reads for customers, with a clock and a zone that stand still. */
function compose({ database }: TestDatabase) {
  const clock = { now: () => NOW };
  // Only the zone is read of the settings.
  const settings = { read: async () => ({ timeZone: TIME_ZONE }) } as unknown as SettingsService;
  const loaders = {
    products: new ProductLoaders(database),
    assets: new AssetLoaders(database),
    downloadables: new DownloadableLoaders(database),
  };
  // Nothing here looks a license up by its key or for staff by its ID.
  const unasked = {} as never;
  const { offered } = composeAccess({ database, clock, settings, licenses: unasked, licenseList: unasked, keyHolders: unasked, loaders });
  return { offered, audience: new AudienceReader({ database, clock, settings }) };
}

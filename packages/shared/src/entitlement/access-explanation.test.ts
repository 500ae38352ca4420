import { describe, expect, it } from 'vitest';
import { DEFAULT_CHANNELS } from '../version/channel.js';
import { withChange } from './access-changes.js';
import { explainAccess, type ExplainedFacts } from './access-explanation.js';
import { decideAccess } from './entitlement-decision.js';
import { ACCESS_RULES, ENTITLEMENT_CODES } from './entitlement.js';
import { makeLicensedFacts, makeReleaseFacts, NOW } from './entitlement.cases.js';
import { randomFacts, randomInstant, randomOf } from './random-facts.cases.js';

const WORLDS = 20_000;
const facts = (...given: Parameters<typeof makeLicensedFacts>): ExplainedFacts => makeLicensedFacts(...given) as ExplainedFacts; // it has a release unless told

describe(`of ${WORLDS.toLocaleString('en')} random facts`, () => {
  const random = randomOf(20);
  const worlds = Array.from({ length: WORLDS }, () => ({ facts: randomFacts(random), now: randomInstant(random) }));

  it('the rules that are told give the verdict of decideAccess', () => {
    const codes = new Set<string>();
    for (const { facts, now } of worlds) {
      const decision = decideAccess(facts, now);
      const { ways } = explainAccess(facts, now);
      const answers = ways.map(({ steps, licenseId }) => ({
        licenseId,
        code: steps.find(({ outcome }) => outcome === 'FAILED')?.reason?.code ?? 'ALLOWED',
      }));
      const furthest = Math.max(...answers.map(({ code }) => ENTITLEMENT_CODES.indexOf(code)));
      expect(ENTITLEMENT_CODES[furthest]).toBe(decision.code);
      if (decision.licenseId !== null) expect(answers[0]).toEqual({ licenseId: decision.licenseId, code: decision.code });
      codes.add(decision.code);
    }
    expect([...codes].toSorted()).toEqual(ENTITLEMENT_CODES.filter((code) => !/^(?:AUTH|LICENSE_KEY|SHARE_LINK)_/.test(code)).toSorted());
  });

  it('at each turn the answer flips, and between two of them it does not', () => {
    let turned = 0;
    for (const { facts, now } of worlds) {
      const { turns } = explainAccess(facts, now);
      const codeAt = (instant: number): string => decideAccess(facts, new Date(instant)).code;
      const bounds = [Date.UTC(2025, 0, 1), ...turns.map(({ at }) => at.getTime()), Date.UTC(2029, 0, 1)];
      for (const { at, decision } of turns) {
        expect(codeAt(at.getTime())).toBe(decision.code);
        expect(codeAt(at.getTime() - 1)).not.toBe(decision.code);
        turned += 1;
      }
      for (const [index, from] of bounds.slice(0, -1).entries()) {
        const until = bounds[index + 1] ?? from;
        const between = from + Math.floor(random() * (until - from));
        expect(codeAt(between), JSON.stringify([facts, new Date(from), new Date(between)])).toBe(codeAt(from));
      }
    }
    expect(turned).toBeGreaterThan(WORLDS / 4);
  });

  it('what is said to be enough is, and all changes of a way together open it', () => {
    let opened = 0;
    for (const { facts, now } of worlds) {
      for (const way of explainAccess(facts, now).ways) {
        const license = facts.licenses.find(({ id }) => id === way.licenseId) ?? null;
        const given = { facts, release: facts.release, license, now };
        for (const change of way.changes) expect(decideAccess(withChange(change, given), now).allowed).toBe(change.isEnough);
        if (way.changes.some(({ kind }) => kind === 'OTHER_VERSION' || kind === 'CREATE_LICENSE')) continue;
        const after = way.changes.reduce<ExplainedFacts>((before, change) => {
          const changed = before.licenses.find(({ id }) => id === way.licenseId) ?? null;
          const next = withChange(change, { facts: before, release: before.release, license: changed, now });
          return { ...next, release: next.release ?? before.release };
        }, facts);
        expect(decideAccess(after, now).allowed, JSON.stringify([facts, way])).toBe(true);
        opened += 1;
      }
    }
    expect(opened).toBeGreaterThan(WORLDS / 4);
  });
});

describe('the explanation', () => {
  it('tells every rule in order, and what those that were not asked would have said', () => {
    const { ways, decision } = explainAccess(facts({ updatesUntil: '2026-03-01', channels: ['rc'], status: 'SUSPENDED' }), NOW);
    expect(decision.code).toBe('LICENSE_SUSPENDED');
    expect(ways[0]?.steps.map(({ rule }) => rule)).toEqual(ACCESS_RULES);
    expect(ways[0]?.steps.filter(({ reason }) => reason)).toMatchObject([
      { rule: 'STATUS', outcome: 'FAILED', reason: { code: 'LICENSE_SUSPENDED' } },
      { rule: 'UPDATES', outcome: 'NOT_REACHED', values: { updatesUntil: '2026-03-01', releaseDate: '2026-04-02' } },
    ]);
    expect(ways[0]?.changes).toEqual([
      { kind: 'REINSTATE', params: {}, isEnough: false },
      { kind: 'EXTEND_UPDATES', params: { until: '2026-04-02' }, isEnough: false },
    ]);
  });

  it.each([
    [{ expiresAt: new Date('2026-05-01') }, ['RENEW', 'KEEP_AFTER_END']],
    [{ expiresAt: new Date('2026-03-01') }, ['RENEW']],
    [{ status: 'REVOKED' }, ['CREATE_LICENSE']],
    [{ startsAt: new Date('2026-07-01') }, ['START_EARLIER']],
    [{ versionRange: '<2' }, ['WIDEN_VERSIONS']],
    [{ platforms: ['MACOS'] }, ['ADD_PLATFORM']],
    [{ maxDownloads: 3, downloadsUsed: 3 }, ['RAISE_LIMIT']],
  ] as const)('what would open it for a license with %j: %j', (license, kinds) => {
    const changes = explainAccess(facts(license), NOW).ways[0]?.changes ?? [];
    expect(changes.map(({ kind }) => kind)).toEqual(kinds);
    expect(changes.every(({ isEnough }) => isEnough)).toBe(true);
  });

  it('a license that starts and ends turns the answer twice, and one without dates never', () => {
    const dated = { startsAt: new Date('2026-01-01'), expiresAt: new Date('2027-01-01') };
    expect(explainAccess(facts(dated), NOW).turns.map(({ at, decision }) => [at.toISOString(), decision.code])).toEqual([
      ['2026-01-01T00:00:00.000Z', 'ALLOWED'],
      ['2027-01-01T00:00:00.000Z', 'LICENSE_EXPIRED'],
    ]);
    expect(explainAccess(facts({ updatesUntil: '2026-12-31' }), NOW).turns).toEqual([]);
  });

  it('the stable channel of an open product asks nothing of licenses', () => {
    const open = facts({}, { product: { distribution: 'OPEN', channels: DEFAULT_CHANNELS }, licenses: [] });
    expect(explainAccess(open, NOW).ways).toMatchObject([
      { licenseId: null, steps: [{ rule: 'RELEASE' }, { rule: 'PRODUCT' }, { rule: 'WITHDRAWN' }, { rule: 'FILES' }], changes: [] },
    ]);
    const draft = facts({}, { release: makeReleaseFacts({ status: 'DRAFT', revisionFrozen: false, firstReleaseDate: null }) });
    expect(explainAccess(draft, NOW).ways[0]?.changes).toEqual([{ kind: 'PUBLISH', params: {}, isEnough: true }]);
  });
});

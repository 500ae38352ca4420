import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CHANNELS, expandChannels, resolveChannel, type Channel } from './channel.js';
import { CHANNELS_MAX_COUNT, checkChannels } from './channel-rules.js';
import { version } from './version.cases.js';

const channel = (name: string, ...includes: string[]): Channel => ({ name, includes });

describe('resolveChannel', () => {
  it.each([
    ['1.0', null, 'stable'],
    ['1.0-beta.2', null, 'beta'],
    ['1.0-beta2', null, 'beta'],
    ['1.0-beta-2', null, 'beta'],
    ['1.0-RC.1', null, 'rc'],
    ['1.0-x64.alpha', null, 'alpha'],
    ['1.0-preview.2', null, 'beta'],
    ['1.0-pre3', null, 'beta'],
    ['1.0-EAP', null, 'beta'],
    ['1.0-m2', null, 'alpha'],
    ['1.0-cr1', null, 'rc'],
    ['1.0-preview', 'alpha', 'alpha'],
    ['1.0-nightly', null, 'CHANNEL_REQUIRED'],
    ['1.0-20260301', null, 'CHANNEL_REQUIRED'],
    ['1.0-preview', 'beta', 'beta'],
    ['1.0', 'beta', 'beta'],
    ['1.0+rc', 'beta', 'beta'],
    ['1.0-beta.1', 'beta', 'beta'],
    ['1.0-beta.1', 'stable', 'CHANNEL_MISMATCH'],
    ['1.0-rc.1', 'beta', 'CHANNEL_MISMATCH'],
    ['1.0', 'nightly', 'CHANNEL_UNKNOWN'],
  ])('%s with the choice %s gives %s', (text, chosen, expected) => {
    const result = resolveChannel(version(text), chosen, DEFAULT_CHANNELS);
    expect(result.ok ? result.value : result.problem.code).toBe(expected);
  });

  it('a contradiction names both channels', () => {
    const result = resolveChannel(version('1.0-beta.1'), 'stable', DEFAULT_CHANNELS);
    expect(result).toMatchObject({ ok: false, problem: { params: { chosen: 'stable', named: 'beta' } } });
    expect(result.ok ? '' : result.problem.message).toMatch(/"beta".*"stable"/);
  });

  it("knows a product's own channel, even one that ends in a digit", () => {
    const channels = [channel('stable'), channel('lts2', 'stable')];
    expect(resolveChannel(version('1.0-lts2'), null, channels)).toEqual({ ok: true, value: 'lts2' });
  });
});

describe('expandChannels', () => {
  it.each([
    [[], []],
    [['stable'], ['stable']],
    [['beta'], ['beta', 'rc', 'stable']],
    [['alpha'], ['alpha', 'beta', 'rc', 'stable']],
    [['gone'], ['gone']],
  ])('%j gives %j by default', (names, expected) => {
    expect([...expandChannels(DEFAULT_CHANNELS, names)].sort()).toEqual(expected);
  });

  it('follows chains and survives circles', () => {
    const channels = [channel('a', 'b'), channel('b', 'c'), channel('c', 'a'), channel('d')];
    expect([...expandChannels(channels, ['a'])]).toEqual(['a', 'b', 'c']);
  });

  it('gives nothing new when it is applied again', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd');
    const channels = fc.array(fc.record({ name: names, includes: fc.array(names) }));
    fc.assert(
      fc.property(channels, fc.array(names), (list, chosen) => {
        const once = expandChannels(list, chosen);
        expect(expandChannels(list, [...once])).toEqual(once);
        expect(chosen.every((name) => once.has(name))).toBe(true);
      }),
      { seed: 42 },
    );
  });
});

describe('checkChannels', () => {
  it('accepts the channels of a new product', () => {
    expect(checkChannels(DEFAULT_CHANNELS)).toBeNull();
  });

  it.each([
    ['CHANNEL_NAME_INVALID', [channel('stable'), channel('Beta')]],
    ['CHANNEL_NAME_INVALID', [channel('stable'), channel('')]],
    ['CHANNEL_NAME_INVALID', [channel('stable'), channel('a'.repeat(33))]],
    ['CHANNEL_DUPLICATE', [channel('stable'), channel('stable')]],
    ['CHANNEL_STABLE_MISSING', [channel('beta')]],
    ['CHANNEL_UNKNOWN', [channel('stable', 'lts')]],
    ['CHANNEL_TOO_MANY', Array.from({ length: CHANNELS_MAX_COUNT + 1 }, (_, index) => channel(`c${String(index)}`))],
  ])('answers %s', (code, channels) => {
    expect(checkChannels(channels)?.code).toBe(code);
  });
});

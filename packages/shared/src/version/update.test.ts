import { describe, expect, it } from 'vitest';
import { currentVersionKey, isUpdate, keyAboveConstraint, parseUpdateConstraint, pickLatest, satisfiesConstraint } from './update.js';
import { versionSortKey } from './version-key.js';
import { version } from './version.cases.js';

describe('update constraints', () => {
  it.each([
    ['1', '1.0', true],
    ['1', '1.9.9.9', true],
    ['1', '2.0', false],
    ['1', '0.9', false],
    ['1.2', '1.2', true],
    ['1.2', '1.10.0', true],
    ['1.2', '1.1.9', false],
    ['1.2', '2.2', false],
    ['1.2.3', '1.2.3', true],
    ['1.2.3', '1.2.10.1', true],
    ['1.2.3', '1.2.2', false],
    ['1.2.3', '1.3.3', false],
    ['1.2.3', '1.2', false],
    ['v1.2', '1.3', true],
  ])('%s for %s: %s', (text, candidate, isOffered) => {
    const constraint = parseUpdateConstraint(text);
    expect(constraint.ok && satisfiesConstraint(version(candidate), constraint.value)).toBe(isOffered);
  });

  it.each(['', 'x', '1.', '1.2.3.4', '^1', '1.2-beta', ' 1'])('refuses %j', (text) => {
    expect(parseUpdateConstraint(text)).toMatchObject({ ok: false, problem: { code: 'CONSTRAINT_INVALID' } });
  });
});

describe('the key above a constraint', () => {
  it.each([
    ['1', ['1.0', '1.99.99.99', '1.999999999999999999999999.0-rc.1'], ['2.0', '2.0-0', '10.0']],
    ['1.2', ['1.2', '1.99', '1.3-beta'], ['2.0-0', '2.0']],
    ['1.2.3', ['1.2.3', '1.2.99.9', '1.2.4-rc.1'], ['1.3-0', '1.3', '2.0']],
    ['0.999999999999999999999999.1', ['0.999999999999999999999999.5'], ['1.0', '1.0-0']],
  ])('of %s lies above %j and not above %j', (text, below, notBelow) => {
    const constraint = parseUpdateConstraint(text);
    if (!constraint.ok) throw new Error(constraint.problem.message);
    const key = keyAboveConstraint(constraint.value);
    expect(below.map((one) => versionSortKey(version(one))).filter((one) => one >= key)).toEqual([]);
    expect(notBelow.map((one) => versionSortKey(version(one))).filter((one) => one < key)).toEqual([]);
  });
});

describe('the key of what a program reports', () => {
  it('is that of a release with just that version; one number alone has none', () => {
    expect(currentVersionKey('v1.2')).toEqual({ ok: true, value: versionSortKey(version('1.2.0')) });
    expect(currentVersionKey('12')).toEqual({ ok: true, value: null });
    expect(currentVersionKey('nightly')).toMatchObject({ ok: false, problem: { code: 'VERSION_INVALID' } });
  });
});

describe('isUpdate', () => {
  it.each([
    ['1.2', false, '1.2.3.4', false],
    ['1.2', true, '1.2.3.4', true],
    ['1.2.3.4', false, '1.2.3.5', true],
    ['1.2.3.4', true, '1.2.3.4', false],
    ['1', false, '1.9', false],
    ['v1', false, '2.0', true],
    ['1.2.3', false, '1.2', false],
    ['1.3', false, '1.2.9', false],
    ['1.2.0', false, '1.2-beta', false],
    ['1.2-beta', false, '1.2', true],
    ['1.2-beta.2', false, '1.2-beta.10', true],
    ['2.0', true, '1.9', false],
  ])('%s (known: %s) against latest %s: %s', (text, isKnownRelease, latest, expected) => {
    expect(isUpdate({ text, isKnownRelease }, version(latest))).toEqual({ ok: true, value: expected });
  });

  it('passes on why the current version cannot be read', () => {
    expect(isUpdate({ text: 'nightly', isKnownRelease: false }, version('1.0'))).toMatchObject({
      ok: false,
      problem: { code: 'VERSION_INVALID' },
    });
  });
});

describe('pickLatest', () => {
  it('takes the highest version, not the last, and the first of equals', () => {
    const items = ['1.9', '1.10', '2.0-beta', 'v1.10.0', '2.0-alpha'];
    expect(pickLatest(items, version)).toBe('2.0-beta');
    expect(pickLatest(['1.10', 'v1.10.0'], version)).toBe('1.10');
  });

  it('takes nothing from nothing', () => {
    expect(pickLatest([], version)).toBeNull();
  });
});

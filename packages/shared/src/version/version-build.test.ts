import { describe, expect, it } from 'vitest';
import { version } from './version.cases.js';
import { differOnlyInBuild, versionsAfterBuild } from './version-build.js';
import { compareVersions } from './version-order.js';
import type { VersionScheme } from './version.js';

describe('a build', () => {
  it.each<[one: string, other: string, isOnly: boolean]>([
    ['1.2.3+5', '1.2.3', true],
    ['v1.2+5', '1.2.0+6', true],
    ['1.2.3+5', '1.2.3+5', false],
    ['1.2.3+5', '1.2.4', false],
    ['v1.2.3', '1.2.3', false],
  ])('is all that tells %s from %s: %s', (one, other, isOnly) => {
    expect(differOnlyInBuild(version(one), version(other))).toBe(isOnly);
  });

  it.each<[text: string, scheme: VersionScheme, next: readonly string[]]>([
    ['1.2.3+5', 'ANY', ['1.2.3.5', '1.2.3.6']],
    ['v1.2+5', 'ANY', ['v1.2.0.5', 'v1.2.0.6']],
    ['1.2.3+linux', 'ANY', ['1.2.3.1', '1.2.3.2']],
    ['1.2.3+4f1c2ab', 'ANY', ['1.2.3.1', '1.2.3.2']],
    ['1.2.3.4+5', 'ANY', ['1.2.3.5', '1.2.3.6']],
    ['1.2.3+5', 'SEMVER', ['1.2.4', '1.2.5']],
    ['1.0.0-beta.2+5', 'SEMVER', ['1.0.0-beta.2.5', '1.0.0-beta.2.6']],
  ])('of %s in a product that takes %s becomes a number: %j', (text, scheme, next) => {
    expect(versionsAfterBuild(version(text), scheme, 2)).toEqual(next);
    for (const one of next) expect(compareVersions(version(one), version(text))).toBe(1);
  });
});

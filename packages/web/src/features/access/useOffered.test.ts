import { expect, it } from 'vitest';
import { highestOf } from './useOffered';

const of = (version: string, channel = 'stable') => ({ version, channel });

it.each([
  [[], null],
  [[of('1.9'), of('1.10')], '1.10'],
  [[of('1.0'), of('2.0-beta.1', 'beta')], '1.0'],
  [[of('2.0-beta.9', 'beta'), of('2.0-beta.10', 'beta')], '2.0-beta.10'],
])('of %j the newest of theirs is %s', (offered, version) => expect(highestOf(offered)).toBe(version));

import { expect, it } from 'vitest';
import { makeRelease, NO } from '../made.cases';
import { groupVersions, matching } from './versions.rules';

it('a reason is said once for all versions that have it, whatever their own dates, and withdrawn ones stand apart', () => {
  const dated = (releaseDate: string) => ({ ...NO, params: { coveredUntil: '2026-08-30', releaseDate } });
  const beta = { ...NO, code: 'CHANNEL_NOT_INCLUDED', params: { channel: 'beta' } } as const;
  const { own, refused, withdrawn } = groupVersions([
    makeRelease('2.5.0-beta.1', { access: beta }),
    makeRelease('2.4.0', { access: dated('2026-11-12') }),
    makeRelease('2.3.1', { access: dated('2026-10-01'), status: 'WITHDRAWN' }),
    makeRelease('2.3.0', { access: dated('2026-09-15') }),
    makeRelease('2.2.0'),
  ]);
  const versions = (rows: readonly { version: string }[]) => rows.map(({ version }) => version);
  expect(versions(own)).toEqual(['2.2.0']);
  expect(refused.map(({ access, rows }) => [access.code, versions(rows)])).toEqual([
    ['CHANNEL_NOT_INCLUDED', ['2.5.0-beta.1']],
    ['UPDATES_EXPIRED', ['2.4.0', '2.3.0']],
  ]);
  expect(versions(withdrawn)).toEqual(['2.3.1']);
});

it.each([
  ['', ['2.10.0', '2.1.0', '1.2.1']],
  ['v2.1', ['2.10.0', '2.1.0']],
  [' V2.1.0 ', ['2.1.0']],
  ['2.1', ['2.10.0', '2.1.0']],
  ['.2.', ['1.2.1']],
  ['9', []],
])('a version typed as "%s" is found exactly, by its beginning, or anywhere', (typed, found) => {
  const rows = ['2.10.0', '2.1.0', '1.2.1'].map((version) => makeRelease(version));
  expect(matching(rows, typed).map(({ version }) => version)).toEqual(found);
});

import { expect, it } from 'vitest';
import { actionText, changedFields } from './audit-text';

it('says what was done in words, also what it has no name for', () => {
  expect(actionText('DOWNLOADABLE_PUBLISH')).toBe('published it');
  expect(actionText('OTHER', 'object')).toBe('did something that this version of Slipway has no name for (the object)');
  expect(actionText('LICENSE_SUSPEND', 'license')).toBe('suspended the license');
  expect(actionText('DOWNLOADABLE_REVISE', 'downloadable 2.0')).toBe('opened its next revision (downloadable 2.0)');
  expect(actionText('ASSET_REMOVE', 'downloadable')).toBe('removed a file (the downloadable)');
});

it('shows the fields that differ, and no ids', () => {
  const before = { name: 'Old', changelog: 'Same', channel: 'stable', versionKey: 'a', revisionId: '1' };
  const after = { name: 'New', changelog: 'Same', channel: null, versionKey: 'b', revisionId: '2' };
  expect(changedFields({ before, after })).toEqual([
    { key: 'name', name: 'Name', before: 'Old', after: 'New' },
    { key: 'channel', name: 'Channel', before: 'stable', after: null },
  ]);
  expect(changedFields({ before: null, after: null })).toEqual([]);
  expect(changedFields({ before: null, after: { platforms: [] } })).toEqual([]);
});

it('shows values as people write them', () => {
  const after = { status: 'SCHEDULED', releaseDate: '2026-03-01', size: 2_000_000 };
  expect(changedFields({ before: null, after }).map((field) => field.after)).toEqual(['Mar 1, 2026', 'Scheduled', '2 MB']);
});

it('codes read as words, one by one in a list of them', () => {
  const change = { before: { platforms: ['WINDOWS'] }, after: { platforms: ['WINDOWS', 'LINUX'], platform: 'MACOS' } };
  expect(changedFields(change).map(({ before, after }) => [before, after])).toEqual([
    [null, 'macOS'],
    ['Windows', 'Windows, Linux'],
  ]);
});

it('says of values that are gone with a person that they are erased', () => {
  const change = { before: { name: null, plan: 1 }, after: { name: null, email: null }, erased: ['name', 'email'] };
  expect(changedFields(change).map(({ key, before, after }) => [key, before, after])).toEqual([
    ['name', null, 'erased'],
    ['email', null, 'erased'],
  ]);
});

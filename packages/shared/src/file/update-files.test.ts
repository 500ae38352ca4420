import { describe, expect, it } from 'vitest';
import type { Architecture, AssetType, Platform } from './target.js';
import { listUpdateFiles } from './update-files.js';

const file = (type: AssetType, platform: Platform, architecture: Architecture | null) => ({ type, platform, architecture });
const FILES = [
  file('DOCUMENTATION', 'ALL', null),
  file('OTHER', 'WINDOWS', 'X64'),
  file('INSTALLER', 'ALL', null),
  file('INSTALLER', 'WINDOWS', 'X64'),
  file('UPDATE', 'WINDOWS', 'ARM64'),
  file('UPDATE', 'WINDOWS', 'X64'),
  file('INSTALLER', 'LINUX', 'X64'),
];
const words = (files: readonly (typeof FILES)[number][]) =>
  files.map(({ type, platform, architecture }) => `${type} ${platform} ${architecture}`);

describe('the files of an update', () => {
  it('are made for updates first, then installers, each for the computer before those for all', () => {
    expect(words(listUpdateFiles(FILES, { platform: 'WINDOWS', architecture: 'X64' }))).toEqual([
      'UPDATE WINDOWS X64',
      'INSTALLER WINDOWS X64',
      'INSTALLER ALL null',
      'OTHER WINDOWS X64',
    ]);
  });

  it('for a computer that runs others, its own come first', () => {
    expect(words(listUpdateFiles(FILES, { platform: 'WINDOWS', architecture: 'ARM64' })).slice(0, 2)).toEqual([
      'UPDATE WINDOWS ARM64',
      'UPDATE WINDOWS X64',
    ]);
  });

  it('for whatever computer are all that update something', () => {
    expect(listUpdateFiles(FILES, null)).toHaveLength(6);
  });
});

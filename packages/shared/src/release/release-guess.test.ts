import { expect, it } from 'vitest';
import { guessProduct, guessVersion } from './release-guess.js';

it.each<[readonly string[], string | null]>([
  [['Aurora-Studio-2.1.0-win-x64.exe'], '2.1.0'],
  [['Aurora-2.1.0.dmg', 'aurora_2.1.0_amd64.deb', 'README.txt'], '2.1.0'],
  [['app-3.0.0-beta.2-macos.dmg'], '3.0.0-beta.2'],
  [['app-1.0.0.zip', 'app-2.0.0.zip'], null],
  [['setup.exe'], null],
  [[], null],
])('%j say version %s', (fileNames, version) => {
  expect(guessVersion(fileNames)).toBe(version);
});

const products = [
  { id: 'studio', name: 'Aurora Studio', slug: 'aurora-studio' },
  { id: 'aurora', name: 'Aurora', slug: 'aurora' },
  { id: 'cli', name: 'Command Line', slug: 'slipcli' },
];

it.each<[readonly string[], string | null]>([
  [['Aurora-Studio-2.1.0-win-x64.exe'], 'studio'],
  [['AuroraStudio Setup 2.1.0.exe'], 'studio'],
  [['aurora_2.1.0_amd64.deb'], 'aurora'],
  [['slipcli-1.0-linux.tar.gz', 'SHA256SUMS'], 'cli'],
  [['setup.exe'], null],
  [[], null],
])('%j belong to %s', (fileNames, id) => {
  expect(guessProduct(fileNames, products)).toBe(id);
});

it('two products that say as much are not chosen between', () => {
  expect(
    guessProduct(
      ['app-1.0.zip'],
      [
        { id: 'a', name: 'App', slug: 'app' },
        { id: 'b', name: 'app', slug: 'app-2' },
      ],
    ),
  ).toBeNull();
});

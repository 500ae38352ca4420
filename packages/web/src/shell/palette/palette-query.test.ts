import { describe, expect, it } from 'vitest';
import { hasWords, parsePaletteText, type PaletteQuery } from './palette-query';

describe('parsePaletteText', () => {
  it.each<[text: string, query: PaletteQuery]>([
    ['', { action: null, search: '', productWords: [] }],
    ['  downloadables ', { action: null, search: 'downloadables', productWords: [] }],
    ['2.4', { action: null, search: '2.4', productWords: [] }],
    ['publish 2.0.1', { action: 'PUBLISH', search: '2.0.1', productWords: [] }],
    ['Publish Aurora 2.0.1-beta.2', { action: 'PUBLISH', search: '2.0.1-beta.2', productWords: ['aurora'] }],
    ['aurora-studio 2.4', { action: null, search: '2.4', productWords: ['aurora', 'studio'] }],
    ['yank v3', { action: 'WITHDRAW', search: 'v3', productWords: [] }],
    ['archive', { action: 'ARCHIVE', search: '', productWords: [] }],
    ['aurora studio 2.', { action: null, search: '2.', productWords: ['aurora', 'studio'] }],
    ['new toolbar', { action: null, search: 'new toolbar', productWords: [] }],
  ])('"%s"', (text, query) => {
    expect(parsePaletteText(text)).toEqual(query);
  });
});

it.each([
  ['Aurora Studio', ['aur'], true],
  ['Aurora Studio', ['stu', 'aurora'], true],
  ['Aurora Studio', ['udio'], false],
  ['Aurora Studio', [], true],
])('%s has %j: %s', (name, words, has) => {
  expect(hasWords(name, words)).toBe(has);
});

import { expect, it } from 'vitest';
import { parseChecksumList } from './checksum-list';

const HASH = 'a'.repeat(64);

it.each([
  [`${HASH}  app.exe`, ['app.exe']],
  [`${HASH.toUpperCase()} *app.exe\r\n${HASH}  ./my app.dmg\n`, ['app.exe', 'my app.dmg']],
  [`SHA256 (app.exe) = ${HASH}`, ['app.exe']],
  [`app.exe ${HASH}`, ['app.exe']],
  ['just some text', []],
  [`${'a'.repeat(63)}  app.exe`, []],
  ['', []],
])('%j lists %j', (text, names) => {
  const listed = parseChecksumList(text);
  expect(listed.map(({ fileName }) => fileName)).toEqual(names);
  expect(listed.every(({ sha256 }) => sha256 === HASH)).toBe(true);
});

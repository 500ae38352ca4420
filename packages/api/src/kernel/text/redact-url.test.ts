import { describe, expect, it } from 'vitest';
import { redactUrl } from './redact-url.js';

const CANARY = 'Zm9vYmFy-CANARY';
const twice = (text: string): string => text.replaceAll('%', '%25');

/** The secret in every spelling that a client, a proxy or a typo makes. */
const SPELLINGS = [
  `/d/01ARZ/app.exe?key=${CANARY}`,
  `/d/01ARZ/app.exe?KEY=${CANARY}`,
  `/download/aurora/stable/linux?key=${CANARY}`,
  `/download/aurora/stable/latest.json?key=${CANARY}`,
  `/d/01ARZ/app.exe?%6bey=${CANARY}`,
  `/d/01ARZ/app.exe?%6Bey=${CANARY}`,
  `/d/01ARZ/app.exe?${twice('%6bey')}=${CANARY}`,
  `/d/01ARZ/app.exe?${twice(twice('%6b%65%79'))}=${CANARY}`,
  `/d/01ARZ/app.exe?x=1&+key=${CANARY}`,
  `/d/01ARZ/app.exe?x=1;key=${CANARY}`,
  `/d/01ARZ/app.exe?x=1%26key=${CANARY}`,
  `/d/01ARZ/app.exe?a[key]=${CANARY}`,
  `/d/01ARZ/app.exe?license_key=${CANARY}`,
  `/d/01ARZ/app.exe?token=${CANARY}`,
  `/d/01ARZ/app.exe#key=${CANARY}`,
  `/d/01ARZ/app.exe%3Fkey=${CANARY}`,
  `/d/01ARZ/app.exe%253fkey%253d${CANARY}`,
  `/login?next=/d/01ARZ/app.exe?key=${CANARY}`,
  `/login?next=%2Fd%2F01ARZ%2Fapp.exe%3Fkey%3D${CANARY}`,
  `/login?next=%2Fs%2F${CANARY}`,
  `/login?next=%2Finvitation%2F${CANARY}`,
  `/unsubscribe/${CANARY}`,
  `/Invitation/${CANARY}`,
  `/reset/${CANARY}?x=1`,
  `/link/${CANARY}`,
  `/feeds/news/${CANARY}`,

  `/%?key=${CANARY}`,
  `/%zz?key=${CANARY}`,
  `/s/${CANARY}`,
  `/s/${CANARY}/app.exe?x=1`,
  `/S/${CANARY}?code=NOT_FOUND`,
  `/%73/${CANARY}`,
  `/%2573/${CANARY}`,
  `/s%2f${CANARY}`,
  `/s%2F${CANARY}/app.exe`,
  `/s%252f${CANARY}`,
  `%2fs%2f${CANARY}`,
  `//s//${CANARY}`,
  `/./s/${CANARY}`,
  `/a/../s/${CANARY}`,
  `/a/%2e%2e/s/${CANARY}`,
  `/s\\${CANARY}`,
  `/s%5c${CANARY}`,
  `/%25252525252573/${CANARY}`,
  `https://downloads.vendor.example/s/${CANARY}/app.exe`,
  `https://user:${CANARY}@downloads.vendor.example/`,
  `/store/a?X-Amz-Signature=${CANARY}`,
  `/store/a?x-amz-%73ignature=${CANARY}`,
  `/store/a?signature=${CANARY}`,
  `/graphql?query={signIn(input:{password:"${CANARY}"}){viewer{permissions}}}`,
  `/graphql?query=x&variables=%7B%22password%22%3A%22${CANARY}%22%7D`,
];

describe('a URL in the log', () => {
  it.each(SPELLINGS)('hides the secret of %s', (url) => {
    expect(redactUrl(url)).not.toContain(CANARY);
    expect(redactUrl(url)).toContain('[hidden]');
  });

  it.each([
    ['/d/01ARZ/app.exe?key=AAAAA-BBBBB&x=1', '/d/01ARZ/app.exe?key=[hidden]&x=1'],
    ['/s/Zm9vYmFy_-0/app.exe?x=1', '/s/[hidden]/app.exe?x=1'],
    ['https://downloads.vendor.example/s/Zm9vYmFy/app.exe', 'https://downloads.vendor.example/s/[hidden]/app.exe'],
    ['/store/a?X-Amz-Signature=abc&partNumber=2', '/store/a?X-Amz-Signature=[hidden]&partNumber=2'],
    ['/assets/s/index.js', '/assets/s/index.js'],
    ['/s', '/s'],
    ['/graphql', '/graphql'],
    ['/admin/downloadables?status=DRAFT&sort=-version', '/admin/downloadables?status=DRAFT&sort=-version'],
    ['/%', '/%'],
    ['*', '*'],
    ['', ''],
  ])('%s is shown as %s', (url, shown) => {
    expect(redactUrl(url)).toBe(shown);
  });
});

import { expect, it } from 'vitest';
import type { IncomingMessage } from 'node:http';
import { requestIds } from './request-id.js';

/** As much of a request as decides. */
const requestFrom = (remoteAddress: string, given: string | undefined): IncomingMessage =>
  ({ headers: { 'x-request-id': given }, socket: { remoteAddress } }) as unknown as IncomingMessage;

const UUID = /^[0-9a-f-]{36}$/;
const PROXY = '10.0.0.5';

it.each([
  ['a UUID', '3f0c1a52-0a2e-4a51-9d5c-0a4f9b2f7c11'],
  ['what nginx calls $request_id', '7f3c2b1a7f3c2b1a7f3c2b1a7f3c2b1a'],
  ['an id of Amazon', 'Root=1-67891233-abcdef012345678912345'],
])('%s from a trusted proxy is kept', (_what, given) => {
  expect(requestIds([PROXY])(requestFrom(PROXY, given))).toBe(given);
  expect(requestIds(['10.0.0.0/8'])(requestFrom('::ffff:10.0.0.5', given))).toBe(given);
});

it.each([
  ['too short', '1234567'],
  ['too long', 'a'.repeat(41)],
  ['with a blank', 'abcd efgh ijkl'],
  ['with markup', '<script>alert(1)</script>'],
  ['with a line end', 'abcdefgh\r\nx-evil: 1'],
  ['with a quote', `abcdefgh'--`],
  ['missing', undefined],
])('one that is %s is replaced', (_what, given) => {
  expect(requestIds([PROXY])(requestFrom(PROXY, given))).toMatch(UUID);
});

it('one of somebody who is no trusted proxy is replaced', () => {
  expect(requestIds([PROXY])(requestFrom('203.0.113.9', 'abcdefgh-1234'))).toMatch(UUID);
  expect(requestIds([])(requestFrom('127.0.0.1', 'abcdefgh-1234'))).toMatch(UUID);
});

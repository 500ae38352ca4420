/** The texts of the API and of the shared rules that customers read stand in `messages/` of those packages. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { textsOfModule } from './written-texts.cases';

const packages = fileURLToPath(new URL('../../../', import.meta.url));

/** Rules and labels that pages of customers show. */
const SHARED = [
  /^entitlement\/entitlement-/,
  /^file\/(?:install-steps|target)\.ts$/,
  /^license\/license-text\.ts$/,
  /^news\//,
  /^release\/page-words\.ts$/,
  /^text\/(?:quote|typed-text)\.ts$/,
];
/** What has to do with customers alone: their accounts and keys, mail, notices, news, the portal and its addresses. */
const API = [
  /^features\/accounts\/(?:entry|factor|links|people|self)\//,
  /^features\/(?:machine-keys|news|portal)\//,
  /^features\/announcements\/(?:notices|text)\//,
  /^features\/downloads\/stable\//,
];
/** The language of the API (descriptions, names of columns) is English. */
const IS_SCHEMA = /\.(?:schema|inputs|resolver|entity|type|enums|test|cases)\.ts$/;
const IS_SQL = /\b(?:SELECT|UPDATE|INSERT|DELETE|WHERE|FROM|AND|INDEX|INDEXED|IN|UNION|IS NULL)\b/;

/** Headers, types of https://schema.org, a key of the throttle; then two sentences that only staff can be told. */
const OTHERS = new Set([
  'Vary',
  'Cookie, Authorization',
  'noindex, nofollow',
  'Offer',
  'Organization',
  'second factor of ',
  'Give customerId or userId, and only one of them.',
  'This invites your own staff: invite people of a customer on its page.',
]);

function textsOf(name: 'api' | 'shared', rooms: readonly RegExp[]): readonly string[] {
  const src = `${packages}${name}/src/`;
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !IS_SCHEMA.test(file) && rooms.some((room) => room.test(file)),
  );
  expect(files.length).toBeGreaterThan(rooms.length);
  return files.flatMap((file) =>
    textsOfModule(readFileSync(src + file, 'utf8'))
      .filter((text) => !IS_SQL.test(text) && !OTHERS.has(text))
      .map((text) => `${file}: ${text}`),
  );
}

it('no sentence of the shared rules that customers read stands outside of the messages', () => {
  expect(textsOf('shared', SHARED)).toEqual([]);
});

it('no mail, refusal or page of customers has words of its own in the API', () => {
  expect(textsOf('api', API)).toEqual([]);
});

import { expect, it } from 'vitest';
import { makeProduct, makeRelease, NO } from '../made.cases';
import { cardOf, licenseFacts } from './card.rules';

const HELP = { name: 'Aurora Software', supportEmail: null, supportUrl: null, renewalUrl: 'https://aurora.example/renew' };
const at = '2026-07-03T00:00:00Z';

it.each([
  [
    'newer than the last download',
    { latest: makeRelease('2.4.0'), offered: makeRelease('2.4.0'), lastDownload: { version: '2.2.0', at } },
    'NEW',
  ],
  ['the last download', { latest: makeRelease('2.4.0'), offered: makeRelease('2.4.0'), lastDownload: { version: '2.4.0', at } }, 'CURRENT'],
  ['never downloaded', { latest: makeRelease('2.4.0'), offered: makeRelease('2.4.0') }, 'OPEN'],
  ['older than one that is not theirs', { latest: makeRelease('2.4.0', { access: NO }), offered: makeRelease('2.2.0') }, 'ENDED'],
  ['refused', { latest: makeRelease('2.4.0', { access: NO }) }, 'REFUSED'],
  ['not there', {}, 'NOTHING'],
] as const)('the card of a product whose newest version is %s', (_what, change, state) => {
  expect(cardOf(makeProduct(change), HELP).state).toBe(state);
});

it('when updates have ended the card names the newer version, the date and the way to it, and keeps what is theirs', () => {
  const card = cardOf(makeProduct({ latest: makeRelease('2.4.0', { access: NO }), offered: makeRelease('2.2.0') }), HELP);
  expect(card).toMatchObject({
    version: '2.2.0',
    isNewestOfYours: true,
    text: '2.4.0 is out. Your updates ended on Aug 30, 2026.',
    step: { label: 'Renew updates', href: 'https://aurora.example/renew' },
  });
});

it.each([
  [
    { updatesUntil: '2027-03-01', expiresAt: null, maxDownloads: 25, downloadsUsed: 8 },
    ['Updates until Mar 1, 2027', '8 of 25 downloads used'],
  ],
  [
    { updatesUntil: '2026-08-30', expiresAt: null, maxDownloads: null, downloadsUsed: 8 },
    ['Updates ended Aug 30, 2026', 'No download limit'],
  ],
  [
    { updatesUntil: null, expiresAt: '2027-01-01T12:00:00Z', maxDownloads: null, downloadsUsed: 0 },
    ['License until Jan 1, 2027', 'No download limit'],
  ],
  [
    { updatesUntil: '2027-03-01', expiresAt: '2026-08-01T12:00:00Z', maxDownloads: null, downloadsUsed: 0 },
    ['License ended Aug 1, 2026', 'No download limit'],
  ],
  [{ updatesUntil: null, expiresAt: null, maxDownloads: null, downloadsUsed: 0 }, ['License without end', 'No download limit']],
])('a license says in short how long it runs and how much is used', (license, facts) => {
  expect(licenseFacts(license, { now: new Date('2026-11-29T12:00:00Z'), timeZone: 'UTC' })).toEqual(facts);
});

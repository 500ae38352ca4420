import { describe, expect, it } from 'vitest';
import {
  checkShareLinkChannel,
  checkShareLinkScope,
  checkShareLinkTerms,
  finishUntil,
  SHARE_LINK_LABEL_MAX_LENGTH,
  SHARE_LINK_MAX_DAYS,
  SHARE_LINK_MAX_DOWNLOADS,
  shareLinkState,
  shareLinkViewer,
  type ShareLinkTerms,
} from './share-link.js';

const NOW = new Date('2026-04-01T12:00:00Z');
const inDays = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);
const GOOD: ShareLinkTerms = { label: 'Night shift', expiresAt: inDays(7), maxDownloads: 10 };
const SPENT = { expiresAt: inDays(7), maxDownloads: 2, downloadsUsed: 2, revokedAt: null };

describe('the terms of a share link', () => {
  it.each([
    ['what people usually choose', {}],
    ['no label and no limit', { label: null, maxDownloads: null }],
    ['the shortest and the smallest', { expiresAt: new Date(NOW.getTime() + 1), maxDownloads: 1 }],
    [
      'the longest and the largest',
      { label: 'x'.repeat(SHARE_LINK_LABEL_MAX_LENGTH), expiresAt: inDays(SHARE_LINK_MAX_DAYS), maxDownloads: SHARE_LINK_MAX_DOWNLOADS },
    ],
  ])('allow %s', (_what, change) => {
    expect(checkShareLinkTerms({ ...GOOD, ...change }, NOW)).toEqual({});
  });

  it.each([
    ['a blank label', { label: '  ' }, 'label', 'NAME_REQUIRED'],
    ['a label too long for a line', { label: 'x'.repeat(SHARE_LINK_LABEL_MAX_LENGTH + 1) }, 'label', 'TOO_LONG'],
    ['a label of two lines', { label: 'a\nb' }, 'label', 'VALUE_INVALID'],
    ['an end now', { expiresAt: NOW }, 'expiresAt', 'DATE_INVALID'],
    ['an end beyond the longest life', { expiresAt: new Date(inDays(SHARE_LINK_MAX_DAYS).getTime() + 1) }, 'expiresAt', 'DATE_INVALID'],
    ['no date at all', { expiresAt: new Date(Number.NaN) }, 'expiresAt', 'DATE_INVALID'],
    ['no downloads', { maxDownloads: 0 }, 'maxDownloads', 'VALUE_INVALID'],
    ['half a download', { maxDownloads: 1.5 }, 'maxDownloads', 'VALUE_INVALID'],
    ['more downloads than a limit may have', { maxDownloads: SHARE_LINK_MAX_DOWNLOADS + 1 }, 'maxDownloads', 'VALUE_INVALID'],
  ] as const)('refuse %s at its field, in one sentence', (_what, change, field, code) => {
    const problems = checkShareLinkTerms({ ...GOOD, ...change }, NOW);
    expect(Object.keys(problems)).toEqual([field]);
    expect(problems[field]).toMatchObject({ code, message: expect.stringMatching(/^[A-Z].{20,}[.]$/) });
  });
});

describe('the scope of a share link', () => {
  it.each([
    [{ downloadableId: 'd', productId: null, channel: null }, null],
    [{ downloadableId: null, productId: 'p', channel: 'beta' }, null],
    [{ downloadableId: null, productId: null, channel: null }, 'VALUE_INVALID'],
    [{ downloadableId: 'd', productId: 'p', channel: 'beta' }, 'VALUE_INVALID'],
    [{ downloadableId: 'd', productId: 'p', channel: null }, 'VALUE_INVALID'],
    [{ downloadableId: 'd', productId: null, channel: 'beta' }, 'VALUE_INVALID'],
    [{ downloadableId: null, productId: 'p', channel: null }, 'VALUE_INVALID'],
    [{ downloadableId: null, productId: null, channel: 'beta' }, 'VALUE_INVALID'],
  ])('%o is %s', (scope, code) => {
    expect(checkShareLinkScope(scope)?.code ?? null).toBe(code);
  });
});

describe('the channel of a share link', () => {
  it('is one that the product has, and the message names those', () => {
    expect(checkShareLinkChannel('beta', ['stable', 'beta'])).toBeNull();
    expect(checkShareLinkChannel('nightly', ['stable', 'beta'])).toMatchObject({
      code: 'CHANNEL_UNKNOWN',
      message: expect.stringContaining('stable or beta'),
    });
  });
});

describe('the state of a share link', () => {
  it.each([
    ['ACTIVE', { downloadsUsed: 1 }],
    ['ACTIVE', { maxDownloads: null, downloadsUsed: 1_000 }],
    ['USED_UP', {}],
    ['EXPIRED', { expiresAt: NOW }],
    ['EXPIRED', { expiresAt: NOW, downloadsUsed: 0 }],
    ['REVOKED', { expiresAt: NOW, revokedAt: NOW }],
    ['REVOKED', { revokedAt: NOW, downloadsUsed: 0 }],
  ] as const)('is %s for %o', (state, change) => {
    expect(shareLinkState({ ...SPENT, ...change }, NOW)).toBe(state);
  });

  it('is told to the decision whole, and without the limit for a side file', () => {
    const viewer = { kind: 'SHARE_LINK', expiresAt: SPENT.expiresAt, revoked: false, maxDownloads: 2, downloadsUsed: 2 };
    expect(shareLinkViewer(SPENT, false)).toEqual(viewer);
    expect(shareLinkViewer({ ...SPENT, revokedAt: NOW }, true)).toEqual({ ...viewer, revoked: true, maxDownloads: null });
  });
});

describe('whoever began by a link that is used up by now', () => {
  const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1_000);
  const at = { countedAt: ago(60), lastCountedAt: ago(60), expiresAt: ago(-864_000) };
  it.each([
    ['finishes within an hour of its last download', ago(0), { countedAt: ago(80_000), lastCountedAt: ago(3_600) }],
    ['not later', null, { countedAt: ago(80_000), lastCountedAt: ago(3_601) }],
    ['within the day that an own download lasts', ago(-400), { countedAt: ago(86_000), lastCountedAt: ago(1) }],
    ['and while the link works', ago(-10), { expiresAt: ago(-10) }],
    ['not what was never counted', null, { countedAt: null, lastCountedAt: ago(1) }],
    ['not of a link that gave nothing', null, { countedAt: ago(1), lastCountedAt: null }],
  ])('%s', (_what, until, counted) => {
    expect(finishUntil({ ...at, ...counted }, NOW)).toEqual(until);
  });
});

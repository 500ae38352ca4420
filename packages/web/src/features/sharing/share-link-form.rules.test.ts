import { describe, expect, it } from 'vitest';
import { checkShareLink, shareLinkInputOf, type ShareLinkValues } from './share-link-form.rules';

const NOW = new Date('2026-04-01T12:00:00Z');
const GOOD: ShareLinkValues = { label: ' Oslo ', life: '7', expiresAt: '', maxDownloads: '3' };

describe('the form of a share link', () => {
  it('sends what was chosen, and leaves out what was left empty', () => {
    expect(shareLinkInputOf(GOOD, { downloadableId: 'd' }, NOW)).toEqual({
      downloadableId: 'd',
      label: 'Oslo',
      expiresAt: '2026-04-08T12:00:00.000Z',
      maxDownloads: 3,
    });
    expect(shareLinkInputOf({ ...GOOD, label: '', life: '1', maxDownloads: ' ' }, {}, NOW)).toEqual({
      label: null,
      expiresAt: '2026-04-02T12:00:00.000Z',
      maxDownloads: null,
    });
  });

  it.each([
    ['nothing but a life', { label: '', maxDownloads: '' }, []],
    ['a custom time in the future', { life: 'custom', expiresAt: '2026-05-01T10:00' }, []],
    ['a custom time in the past', { life: 'custom', expiresAt: '2026-03-01T10:00' }, ['expiresAt']],
    ['no custom time', { life: 'custom' }, ['expiresAt']],
    ['a number that is none', { maxDownloads: 'two' }, ['maxDownloads']],
    ['no downloads', { maxDownloads: '0' }, ['maxDownloads']],
    ['a label too long', { label: 'x'.repeat(101) }, ['label']],
  ] as const)('%s has its message at its field', (_what, change, fields) => {
    expect(Object.keys(checkShareLink({ ...GOOD, ...change }, NOW))).toEqual(fields);
  });
});

import { describe, expect, it } from 'vitest';
import { isPast, revisionBadge } from './revision-badge';

const AT = '2026-03-01T00:00:00Z';
const revision = { id: 'r1', frozenAt: AT, undoneAt: null, purgedAt: null, withdrawnAt: null };

describe('the badge of a revision', () => {
  it.each([
    ['a draft', { ...revision, frozenAt: null }, 'Draft', false],
    ['the live one', { ...revision, id: 'live' }, 'Live', false],
    ['one that another followed', revision, 'Superseded', true],
    ['one whose publish was undone', { ...revision, undoneAt: AT }, 'Undone', true],
    ['a withdrawn one', { ...revision, undoneAt: AT, withdrawnAt: AT }, 'Withdrawn', true],
    ['one without its files', { ...revision, withdrawnAt: AT, purgedAt: AT }, 'Files deleted', false],
  ])('of %s', (_what, shown, label, past) => {
    expect([revisionBadge(shown, 'live').label, isPast(shown, 'live')]).toEqual([label, past]);
  });
});

import { DOWNLOADABLE_STATUSES, type DownloadableStatus } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import { BULK_ACTIONS, bulkHint } from './bulk/bulk-text';
import { deleteText, discardText, draftRevisionText, editText, publishText, sinceText, statusLabel, type StateFacts } from './state-text';

interface State {
  readonly status: DownloadableStatus;
  /** Has been published, and customers got files of it. */
  readonly wasOut: boolean;
  readonly hasFrozen: boolean;
  readonly hasDraft: boolean;
}

/** Every state that a release can be in. */
const STATES: readonly (State & { readonly name: string })[] = DOWNLOADABLE_STATUSES.flatMap((status) =>
  [false, true].flatMap((hasFrozen) =>
    [false, true].map((hasDraft) => ({
      name: `${status}${hasFrozen ? ' with a frozen revision' : ''}${hasDraft ? ' with an open one' : ''}`,
      status,
      wasOut: hasFrozen && status !== 'SCHEDULED',
      hasFrozen,
      hasDraft,
    })),
  ),
).filter(({ status, hasFrozen, hasDraft }) => {
  if (!hasFrozen && !hasDraft) return false;
  if (status === 'PUBLISHED' || status === 'ARCHIVED') return hasFrozen;
  return status === 'WITHDRAWN' ? hasFrozen && !hasDraft : true;
});

const factsOf = ({ status, wasOut, hasFrozen, hasDraft }: State): StateFacts => ({
  status,
  publishedAt: wasOut ? '2026-01-01T00:00:00Z' : null,
  everPublishedAt: hasFrozen ? '2026-01-01T00:00:00Z' : null,
  revision: { number: hasFrozen ? 3 : 4, frozenAt: hasFrozen ? '2026-01-01T00:00:00Z' : null },
  draftRevision: hasDraft ? { number: 4 } : null,
  assetCount: 1,
});

const TEXTS: Readonly<Record<string, (facts: StateFacts) => string>> = {
  draftRevisionText,
  editText,
  discardText,
  publishText,
  deleteText,
};
const isServed = ({ status }: State): boolean => status === 'PUBLISHED' || status === 'ARCHIVED';

describe.each(STATES)('of a release that is $name', (state) => {
  const facts = factsOf(state);

  it('no text says that customers get what nobody gets', () => {
    for (const [name, text] of Object.entries(TEXTS)) {
      const said = text(facts);
      const claims = /Customers (keep getting|get) revision \d|What customers get/.test(said);
      if (!isServed(state)) expect(claims, `${name}: ${said}`).toBe(false);
    }
  });

  it('no text says that customers see nothing while they get it', () => {
    for (const [name, text] of Object.entries(TEXTS)) if (isServed(state)) expect(text(facts), name).not.toMatch(/see nothing|never saw/);
  });

  it('a revision is named by a number that it has', () => {
    const numbers = new Set([facts.revision.number, facts.draftRevision?.number]);
    for (const text of Object.values(TEXTS))
      for (const [, number] of text(facts).matchAll(/revision (\d+)/g)) expect(numbers).toContain(Number(number));
  });

  it('nothing is called published only while it is', () => {
    expect(/Published/.test(statusLabel(facts))).toBe(state.status === 'PUBLISHED');
    const since = sinceText({ ...facts, createdAt: '2025-01-01' }, (instant) => instant);
    if (!state.wasOut) expect(since).toBe('Created 2025-01-01');
    else expect(since.startsWith('Published')).toBe(state.status !== 'DRAFT');
  });
});

it('a hidden release that customers had is unpublished, one that none had is a draft', () => {
  expect(statusLabel({ status: 'DRAFT', publishedAt: '2026-01-01T00:00:00Z' })).toBe('Unpublished');
  expect(statusLabel({ status: 'DRAFT', publishedAt: null })).toBe('Draft');
});

it.each(BULK_ACTIONS)('%s says what it will do before, what it did after, and nothing of either once it is taken back', (action) => {
  const [before, after, back] = (['PREVIEW', 'DONE', 'UNDONE'] as const).map((phase) => bulkHint(action, phase));
  expect(new Set([before, after, back]).size).toBe(3);
  expect(back).toBe(bulkHint('ARCHIVE', 'UNDONE'));
  expect(after).not.toMatch(/\bwill\b|at once/);
});

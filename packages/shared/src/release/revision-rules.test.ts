import { describe, expect, it } from 'vitest';
import { DOWNLOADABLE_STATUSES } from './lifecycle.js';
import { availableRevisionActions, checkRevisionAction, REVISION_ACTIONS } from './revision-rules.js';

const facts = (status: (typeof DOWNLOADABLE_STATUSES)[number], hasLive: boolean, hasDraft: boolean) => ({ status, hasLive, hasDraft });

describe('what may be done with revisions', () => {
  it.each([
    ['a draft that was never published', facts('DRAFT', false, true), []],
    ['a published release', facts('PUBLISHED', true, false), ['REVISE']],
    ['a published release with an open draft', facts('PUBLISHED', true, true), ['PUBLISH_REVISION', 'DISCARD_REVISION']],
    ['an unpublished release', facts('DRAFT', true, false), ['REVISE']],
    ['an unpublished release with an open draft', facts('DRAFT', true, true), ['DISCARD_REVISION']],
    ['an archived release with an open draft', facts('ARCHIVED', true, true), ['PUBLISH_REVISION', 'DISCARD_REVISION']],
    ['a scheduled release', facts('SCHEDULED', true, true), []],
    ['a withdrawn release', facts('WITHDRAWN', true, false), []],
  ] as const)('%s', (_case, given, actions) => {
    expect(availableRevisionActions(given)).toEqual(actions);
  });

  it('says for every refusal what to do instead', () => {
    for (const status of DOWNLOADABLE_STATUSES)
      for (const hasDraft of [true, false])
        for (const action of REVISION_ACTIONS) {
          const result = checkRevisionAction(facts(status, true, hasDraft), action);
          if (!result.ok) expect(result.problem.message).toMatch(/^[A-Z].*: .*\.$/);
        }
  });

  it('tells one who publishes without a draft to revise first', () => {
    expect(checkRevisionAction(facts('PUBLISHED', true, false), 'PUBLISH_REVISION')).toMatchObject({
      problem: { code: 'REVISION_NOT_ALLOWED', message: 'No draft revision is open: revise the release first.' },
    });
  });
});

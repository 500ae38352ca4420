import type { Scope } from '@slipway/shared';
import { expect, it } from 'vitest';
import { isEditable, opensRevision, rowActions, type ActionFacts } from './downloadable-actions';

const frozen = { frozenAt: '2026-01-01T00:00:00Z' };
const draft: ActionFacts = { status: 'DRAFT', everPublishedAt: null, revision: { frozenAt: null }, draftRevision: {}, assetCount: 0 };
const live: ActionFacts = {
  status: 'PUBLISHED',
  everPublishedAt: '2026-01-01T00:00:00Z',
  revision: frozen,
  draftRevision: null,
  assetCount: 0,
};
const revised: ActionFacts = { ...live, draftRevision: {}, assetCount: 0 };
const hidden: ActionFacts = { ...live, status: 'DRAFT' };
const scheduled: ActionFacts = { ...draft, status: 'SCHEDULED' };
const withdrawn: ActionFacts = { ...live, status: 'WITHDRAWN' };

function holding(...scopes: Scope[]) {
  return (scope: Scope): boolean => scopes.includes(scope);
}
const publisher = holding('release:write', 'release:publish');

it.each([
  ['an administrator publishes, schedules, edits, copies and deletes a draft', draft, publisher, 'PUBLISH SCHEDULE EDIT COPY DELETE'],
  ['a writer edits, copies and deletes a draft, but does not publish it', draft, holding('release:write'), 'EDIT COPY DELETE'],
  ['a reader does nothing', draft, holding('release:read'), ''],
  ['a published version is edited in its next revision', live, publisher, 'EDIT COPY UNPUBLISH ARCHIVE WITHDRAW DELETE'],
  [
    'an open revision is published or discarded',
    revised,
    publisher,
    'PUBLISH_REVISION EDIT COPY DISCARD_REVISION UNPUBLISH ARCHIVE WITHDRAW DELETE',
  ],
  ['a writer revises what was published, and cannot delete it', hidden, holding('release:write'), 'EDIT COPY'],
  ['a scheduled version is locked', scheduled, publisher, 'PUBLISH CANCEL_SCHEDULE COPY DELETE'],
  ['a withdrawn version is only copied or deleted', withdrawn, publisher, 'COPY DELETE'],
] as const)('%s', (_, facts, can, expected) => {
  expect(rowActions(facts, can).join(' ')).toBe(expected);
});

it('everything but scheduled and withdrawn content can be edited, frozen content by opening the next revision', () => {
  expect([draft, live, revised, hidden, scheduled, withdrawn].map(isEditable)).toEqual([true, true, true, true, false, false]);
  expect([draft, live, revised, hidden, scheduled, withdrawn].map(opensRevision)).toEqual([false, true, false, true, false, false]);
});

import type { Scope } from '@slipway/shared';
import { expect, it } from 'vitest';
import { isEditable, rowActions, type ActionFacts } from './downloadable-actions';

const draft: ActionFacts = { status: 'DRAFT', publishedAt: null, revision: { frozenAt: null } };
const live: ActionFacts = { status: 'PUBLISHED', publishedAt: '2026-01-01T00:00:00Z', revision: { frozenAt: '2026-01-01T00:00:00Z' } };
const hidden: ActionFacts = { ...live, status: 'DRAFT' };

function holding(...scopes: Scope[]) {
  return (scope: Scope): boolean => scopes.includes(scope);
}

it.each([
  [
    'an administrator publishes, edits and deletes a draft',
    draft,
    holding('release:write', 'release:publish'),
    ['PUBLISH', 'EDIT', 'DELETE'],
  ],
  ['a writer edits and deletes a draft, but does not publish it', draft, holding('release:write'), ['EDIT', 'DELETE']],
  ['a reader does nothing', draft, holding('release:read'), []],
  [
    'a published version is unpublished or deleted, never edited',
    live,
    holding('release:write', 'release:publish'),
    ['UNPUBLISH', 'DELETE'],
  ],
  ['a writer cannot delete what was published', hidden, holding('release:write'), []],
  ['an unpublished version stays frozen', hidden, holding('release:write', 'release:publish'), ['PUBLISH', 'DELETE']],
] as const)('%s', (_, facts, can, expected) => {
  expect(rowActions(facts, can)).toEqual(expected);
});

it('only content that was never published can be edited', () => {
  expect([draft, live, hidden].map(isEditable)).toEqual([true, false, false]);
});

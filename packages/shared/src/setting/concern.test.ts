import { expect, it } from 'vitest';
import { ROLE_SCOPES, type Role } from '../permissions.js';
import { isPagePath } from '../text/page-paths.js';
import { concernAction, CONCERN_KINDS, LOST_FILES, type ConcernAction } from './concern.js';

const as = (role: Role) => (kind: Parameters<typeof concernAction>[0]) => concernAction(kind, (scope) => ROLE_SCOPES[role].includes(scope));

const pageOf = (action: ConcernAction | null): string => action?.path.replace(/\?.*/, '') ?? '';

it.each(CONCERN_KINDS)('an administrator and support are each led to a page that exists by %s', (kind) => {
  for (const role of ['ADMIN', 'SUPPORT'] as const) expect(isPagePath(pageOf(as(role)(kind)))).toBe(true);
});

it('only those who may change settings are led to them', () => {
  expect(as('ADMIN')('STORE_FULL')).toEqual({ label: 'Storage settings', path: '/admin/settings/storage' });
  expect(as('SUPPORT')('STORE_FULL')).toEqual({ label: 'View faults', path: '/admin/logs/store?kind=FAILED' });
});

it('whoever may open none of the pages is offered none', () => {
  expect(CONCERN_KINDS.map(as('PUBLISHER')).every((action) => action === null)).toBe(true);
});

it('lost files are listed on a page that exists', () => {
  expect(isPagePath(pageOf(LOST_FILES))).toBe(true);
});

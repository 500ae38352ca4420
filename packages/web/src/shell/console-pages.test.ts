import { ROLE_SCOPES, type Role, type Scope } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import type { Reach } from '../graphql/session';
import { consolePages, pageAt } from './console-pages';
import { localGroups } from './palette/palette-entries';
import { parsePaletteText } from './palette/palette-query';

const canAs =
  (role: Role, isLimited: boolean) =>
  (scope: Scope, reach: Reach = 'SOME_PRODUCT'): boolean =>
    ROLE_SCOPES[role].includes(scope) && (reach === 'SOME_PRODUCT' || !isLimited);

describe('the pages of the console', () => {
  it.each<[Role, boolean, string[]]>([
    ['PUBLISHER', false, ['Overview', 'Downloadables', 'Products', 'Update checks']],
    ['PUBLISHER', true, ['Overview', 'Downloadables', 'Products', 'Update checks']],
    ['SUPPORT', false, ['Overview', 'Downloadables', 'Products', 'Customers', 'Licenses', 'Logs', 'Update checks']],
    ['SUPPORT', true, ['Overview', 'Downloadables', 'Products', 'Licenses', 'Update checks']],
  ])('for %s, limited to products: %s, are %j', (role, isLimited, labels) => {
    expect(consolePages(canAs(role, isLimited)).map(({ label }) => label)).toEqual(labels);
  });

  it.each([
    ['/admin', 'Overview'],
    ['/admin/logs/refusals', 'Logs'],
    ['/admin/customers/01J', 'Customers'],
    ['/admin/customersandmore', undefined],
    ['/portal/downloads', undefined],
  ])('%s is below %s', (path, label) => {
    expect(pageAt(path)?.label).toBe(label);
  });
});

it.each<[Role, boolean, string[]]>([
  ['PUBLISHER', false, ['New downloadable', 'New product']],
  ['PUBLISHER', true, ['New downloadable']],
  ['SUPPORT', false, ['New customer', 'New license']],
  ['SUPPORT', true, []],
])('the palette offers %s, limited to products: %s, %j', (role, isLimited, labels) => {
  const groups = localGroups(parsePaletteText('new'), [], canAs(role, isLimited));
  expect(groups.flatMap(({ entries }) => entries.map(({ label }) => label)).filter((label) => label.startsWith('New'))).toEqual(labels);
});

describe('parts of the settings', () => {
  it.each([
    ['bucket', ['/admin/settings/storage']],
    ['S3', ['/admin/settings/storage']],
    ['smtp', ['/admin/settings/mail']],
    [
      'settings',
      ['/admin/settings', '/admin/settings/storage', '/admin/settings/mail', '/admin/settings/security', '/admin/settings/retention'],
    ],
  ])('are found as %s by whoever may open them', (text, paths) => {
    const found = (role: Role): string[] =>
      localGroups(parsePaletteText(text), [], canAs(role, false))
        .filter(({ label }) => label === 'Pages')
        .flatMap(({ entries }) => entries.map(({ key }) => key));
    expect(found('ADMIN')).toEqual(paths);
    expect(found('SUPPORT')).toEqual([]);
  });
});

/** What the palette offers for what was typed. */
import type { Scope } from '@slipway/shared';
import { Boxes, History, Package, Plus, Users, Zap } from '@lucide/vue';
import type { Component } from 'vue';
import { ACTION_LABELS, rowActions, type RowAction } from '../../features/downloadables/downloadable-actions';
import { statusLabel } from '../../features/downloadables/state-text';
import type { DownloadableRowFragment, SearchPaletteQuery } from '../../graphql/documents.generated';
import type { Reach } from '../../graphql/session';
import type { RecentItem } from '../../ui/recent-items';
import { consolePages, consoleParts } from '../console-pages';
import { hasWords, looksLikeAVersion, type PaletteQuery } from './palette-query';

/** What choosing an entry does. */
export type PaletteTarget =
  | { readonly kind: 'GO'; readonly to: string }
  | { readonly kind: 'ACT'; readonly action: RowAction; readonly row: DownloadableRowFragment }
  | { readonly kind: 'SHORTCUTS' };

export interface PaletteEntry {
  readonly key: string;
  readonly label: string;
  readonly hint: string;
  readonly icon: Component;
  readonly target: PaletteTarget;
}

export interface PaletteGroup {
  readonly label: string;
  readonly entries: readonly PaletteEntry[];
}

type Can = (scope: Scope, reach?: Reach) => boolean;

const ACTIONS_OF_THE_FIRST = 3;
const COMMANDS: readonly { readonly label: string; readonly to: string; readonly scope: Scope; readonly reach?: Reach }[] = [
  { label: 'New downloadable', to: '/admin/downloadables?new=1', scope: 'release:write' },
  { label: 'New product', to: '/admin/products?new=1', scope: 'product:write', reach: 'ALL' },
  { label: 'New customer', to: '/admin/customers?new=1', scope: 'license:write', reach: 'ALL' },
  { label: 'New license', to: '/admin/licenses?new=1', scope: 'license:write', reach: 'ALL' },
  { label: 'New API token', to: '/admin/tokens?new=1', scope: 'token:write', reach: 'ALL' },
];

const go = (to: string): PaletteTarget => ({ kind: 'GO', to });
const nameOf = (row: DownloadableRowFragment): string => `${row.product.name} ${row.version}`;
const fits = (label: string, search: string): boolean => hasWords(label, search.toLowerCase().split(/\s+/).filter(Boolean));

/** What is there without asking the server: recent places, pages, commands. */
export function localGroups(query: PaletteQuery, recent: readonly RecentItem[], can: Can): readonly PaletteGroup[] {
  const isEmpty = query.search === '' && query.action === null;
  const text = query.action ? '' : [...query.productWords, query.search].join(' ');
  const known = [...consolePages(can), ...(text === '' ? [] : consoleParts(can))];
  const pages = query.action ? [] : known.filter(({ label, words }) => fits(`${label} ${words ?? ''}`, text));
  const commands = query.action ? [] : COMMANDS.filter(({ label, scope, reach }) => can(scope, reach) && fits(label, text));
  return [
    {
      label: 'Recent',
      entries: (isEmpty ? recent : []).map(({ to, label, hint }) => ({ key: `recent ${to}`, label, hint, icon: History, target: go(to) })),
    },
    { label: 'Pages', entries: pages.map(({ to, label, icon }) => ({ key: to, label, hint: 'Page', icon, target: go(to) })) },
    {
      label: 'Commands',
      entries: [
        ...commands.map(({ to, label }) => ({ key: to, label, hint: '', icon: Plus, target: go(to) })),
        ...(!query.action && fits('Keyboard shortcuts', text) ? [SHORTCUTS] : []),
      ],
    },
  ].filter(({ entries }) => entries.length > 0);
}

const SHORTCUTS: PaletteEntry = { key: 'shortcuts', label: 'Keyboard shortcuts', hint: '?', icon: Zap, target: { kind: 'SHORTCUTS' } };

/** What the server found, and what can be done with it. */
export function foundGroups(query: PaletteQuery, found: SearchPaletteQuery, can: Can): readonly PaletteGroup[] {
  const rows = bestFirst(
    query,
    found.downloadables.nodes.filter((row) => hasWords(row.product.name, query.productWords)),
  );
  const actions = query.action
    ? actionRows(query, rows).flatMap((row) =>
        actionsOf(row, can)
          .filter((action) => action === query.action)
          .map((action) => actionEntry(action, row)),
      )
    : rows.slice(0, 1).flatMap((row) =>
        actionsOf(row, can)
          .slice(0, ACTIONS_OF_THE_FIRST)
          .map((action) => actionEntry(action, row)),
      );
  const releases = { label: 'Downloadables', entries: rows.slice(0, 8).map(releaseEntry) };
  const products = found.products.nodes.map(({ id, name }) =>
    placeEntry({ to: `/admin/downloadables?product=${id}`, label: name, hint: 'Product', icon: Boxes }),
  );
  const customers = (found.customers?.nodes ?? []).map(({ id, name, company }) =>
    placeEntry({ to: `/admin/customers/${id}`, label: name, hint: company ?? 'Customer', icon: Users }),
  );
  const doable = { label: 'Actions', entries: actions };
  const others = query.action
    ? []
    : [
        { label: 'Products', entries: products },
        { label: 'Customers', entries: customers },
      ];
  return [...(query.action ? [doable, releases] : [releases, doable]), ...others].filter(({ entries }) => entries.length > 0);
}

const plainVersion = (version: string): string => version.toLowerCase().replace(/^v/, '');
const isExactly = ({ search }: PaletteQuery, row: DownloadableRowFragment): boolean => plainVersion(row.version) === plainVersion(search);

/** The version that was typed before those that begin with it or only mention it. */
function bestFirst(query: PaletteQuery, rows: readonly DownloadableRowFragment[]): readonly DownloadableRowFragment[] {
  return [...rows.filter((row) => isExactly(query, row)), ...rows.filter((row) => !isExactly(query, row))];
}

/** What an action may be meant for: the typed version and no other; while it is half typed, those that begin so. */
function actionRows(query: PaletteQuery, rows: readonly DownloadableRowFragment[]): readonly DownloadableRowFragment[] {
  if (!looksLikeAVersion(query.search)) return rows;
  const exact = rows.filter((row) => isExactly(query, row));
  return exact.length > 0 ? exact : rows.filter((row) => plainVersion(row.version).startsWith(plainVersion(query.search)));
}

const actionsOf = (row: DownloadableRowFragment, can: Can): readonly RowAction[] => rowActions(row, can);
const placeEntry = (place: Pick<PaletteEntry, 'label' | 'hint' | 'icon'> & { readonly to: string }): PaletteEntry => {
  const { to, ...shown } = place;
  return { key: to, ...shown, target: go(to) };
};
const releaseEntry = (row: DownloadableRowFragment): PaletteEntry =>
  placeEntry({ to: `/admin/downloadables/${row.id}`, label: nameOf(row), hint: statusLabel(row), icon: Package });

function actionEntry(action: RowAction, row: DownloadableRowFragment): PaletteEntry {
  const label = `${ACTION_LABELS[action]} ${nameOf(row)}`;
  return { key: `${action} ${row.id}`, label, hint: statusLabel(row), icon: Zap, target: { kind: 'ACT', action, row } };
}

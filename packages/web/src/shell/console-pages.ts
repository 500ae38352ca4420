import { Boxes, ChartColumn, KeyRound, Package, RefreshCw, ScrollText, Settings, Terminal, UserCog, Users } from '@lucide/vue';
import type { Scope } from '@slipway/shared';
import type { Component } from 'vue';
import type { Reach } from '../graphql/session';

/** A page of the console, and what one needs to see it. */
export interface ConsolePage {
  readonly to: string;
  readonly label: string;
  readonly icon: Component;
  readonly scope: Scope | null;
  /** Absent: it shows the products that one is limited to. */
  readonly reach?: Reach;
  /** What else people call it. */
  readonly words?: string;
}

const PAGES: readonly ConsolePage[] = [
  { to: '/admin', label: 'Overview', icon: ChartColumn, scope: 'release:read' },
  { to: '/admin/downloadables', label: 'Downloadables', icon: Package, scope: 'release:read' },
  { to: '/admin/products', label: 'Products', icon: Boxes, scope: null },
  { to: '/admin/customers', label: 'Customers', icon: Users, scope: 'license:read', reach: 'ALL' },
  { to: '/admin/licenses', label: 'Licenses', icon: KeyRound, scope: 'license:read' },
  { to: '/admin/staff', label: 'Staff', icon: UserCog, scope: 'user:write', reach: 'ALL' },
  { to: '/admin/logs', label: 'Logs', icon: ScrollText, scope: 'log:read', reach: 'ALL' },
  {
    to: '/admin/updates',
    label: 'Update checks',
    icon: RefreshCw,
    scope: 'release:read',
    words: 'updater try out newest latest version constraint',
  },
  { to: '/admin/tokens', label: 'API tokens', icon: Terminal, scope: 'token:write', reach: 'ALL' },
  {
    to: '/admin/settings',
    label: 'Settings',
    icon: Settings,
    scope: 'settings:write',
    reach: 'ALL',
    words: 'preferences configuration vendor logo color brand time zone limits security sessions password',
  },
];

const OF_OPERATORS = { icon: Settings, scope: 'settings:write', reach: 'ALL' } as const;
/** Parts of pages that people look for by themselves: found by the palette, and not in the navigation. */
const PARTS: readonly ConsolePage[] = [
  {
    to: '/admin/access',
    label: 'Explain access',
    icon: KeyRound,
    scope: 'license:read',
    words: 'why not denied refused may download license release',
  },
  { to: '/admin/settings/storage', label: 'Storage settings', words: 'bucket s3 object store folder move files', ...OF_OPERATORS },
  { to: '/admin/settings/mail', label: 'Mail settings', words: 'smtp e-mail email server', ...OF_OPERATORS },
  { to: '/admin/settings/security', label: 'Security settings', words: 'password sessions sign-in', ...OF_OPERATORS },
  { to: '/admin/settings/retention', label: 'Retention settings', words: 'logs days addresses', ...OF_OPERATORS },
];

/** The parts of pages for somebody with these rights. */
export function consoleParts(can: (scope: Scope, reach?: Reach) => boolean): readonly ConsolePage[] {
  return PARTS.filter(({ scope, reach }) => scope === null || can(scope, reach));
}

/** The pages for somebody with these rights, in the order of the navigation. */
export function consolePages(can: (scope: Scope, reach?: Reach) => boolean): readonly ConsolePage[] {
  return PAGES.filter(({ scope, reach }) => scope === null || can(scope, reach));
}

/** The page of the console that an address is below; null: there is none, or it is the overview itself. */
export function pageAt(path: string): ConsolePage | null {
  return PAGES.find(({ to }) => path === to || (to !== '/admin' && path.startsWith(`${to}/`))) ?? null;
}

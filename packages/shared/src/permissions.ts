/** Rights: scopes are what a request may do, roles are fixed sets of them, tokens carry a part of their creator's. */

export const SCOPES = [
  'release:read',
  'release:write',
  'release:publish',
  'product:write',
  'license:read',
  'license:write',
  'log:read',
  'settings:write',
  'user:write',
  'token:write',
] as const;

export type Scope = (typeof SCOPES)[number];

export const ROLES = ['ADMIN', 'PUBLISHER', 'SUPPORT', 'CUSTOMER'] as const;

export type Role = (typeof ROLES)[number];

/** What each role may do. CUSTOMER has no scope: customers act through their licenses. */
export const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  ADMIN: SCOPES,
  PUBLISHER: ['release:read', 'release:write', 'release:publish', 'product:write'],
  SUPPORT: ['release:read', 'license:read', 'license:write', 'log:read'],
  CUSTOMER: [],
};

/** Scopes in the words of the token form. */
export const SCOPE_LABELS: Readonly<Record<Scope, string>> = {
  'release:read': 'See every release, drafts included',
  'release:write': 'Create and edit drafts, upload files',
  'release:publish': 'Publish, unpublish, archive, withdraw and delete releases',
  'product:write': 'Create and edit products',
  'license:read': 'See customers and licenses',
  'license:write': 'Create and edit customers and licenses',
  'log:read': 'Read the download and audit logs',
  'settings:write': 'Change settings',
  'user:write': 'Manage staff accounts',
  'token:write': 'Manage API tokens',
};

/**
 * The scopes that a token really has today: what it asked for, as far as its creator is still allowed it.
 * Keeps the order of `SCOPES` and drops duplicates.
 */
export function effectiveScopes(requested: readonly Scope[], allowed: readonly Scope[]): readonly Scope[] {
  return SCOPES.filter((scope) => requested.includes(scope) && allowed.includes(scope));
}

/** The products that somebody is limited to; null: they are not, and work on all of them. */
export type ProductScope = readonly string[] | null;

/** Whether the scope covers a product, or (`null`) what belongs to no product: customers, settings, people. */
export function coversProduct(scope: ProductScope, productId: string | null): boolean {
  return scope === null || (productId !== null && scope.includes(productId));
}

/** The products that a token really has today: those it was made for, as far as its creator still works on them. */
export function effectiveProducts(requested: ProductScope, allowed: ProductScope): ProductScope {
  return requested === null ? allowed : requested.filter((id) => coversProduct(allowed, id));
}

/** Whether people of the role may be limited to products. Administrators have what belongs to no product; customers have licenses. */
export function mayBeLimited(role: Role): boolean {
  return role === 'PUBLISHER' || role === 'SUPPORT';
}

/** Whether a customer is one person, or has people of its own. */
export const CUSTOMER_KINDS = ['COMPANY', 'PERSON'] as const;

export type CustomerKind = (typeof CUSTOMER_KINDS)[number];

/** What somebody of a customer may do there: owners see license keys and manage its people, members download. */
export const MEMBER_ROLES = ['OWNER', 'MEMBER'] as const;

export type MemberRole = (typeof MEMBER_ROLES)[number];

/** The role at a customer; who is from before there were any is an owner. Null: staff, who have none. */
export function memberRoleOf({ role, memberRole }: { readonly role: Role; readonly memberRole: MemberRole | null }): MemberRole | null {
  return role === 'CUSTOMER' ? (memberRole ?? 'OWNER') : null;
}

/** Who said nothing is a company when a company's name was given. */
export function customerKindOf({ kind, company }: { readonly kind: CustomerKind | null; readonly company: string | null }): CustomerKind {
  return kind ?? (company === null ? 'PERSON' : 'COMPANY');
}

/**
 * Who may do what, in one page. An actor is decided once per request (`http/caller`); services, resolvers and routes ask here.
 * What a customer may *download* is no matter of rights but of licenses: `decideAccess` in `packages/shared` decides that.
 */
import { coversProduct, PUBLIC_STATUSES, type Distribution, type DownloadableStatus, type ProductScope, type Scope } from '@slipway/shared';
import { isKnown, licensedProductsOf, scopesOf, type Actor } from './actor.js';

/**
 * Who may reach a field or a route: everybody (`public`: it shows only what the caller may see), anyone who is signed in
 * or has a key, or whoever has a scope. Every root field, object type and route states one; the build fails otherwise.
 */
export type AccessClass = 'public' | 'signed-in' | Scope;

/** Whether the actor is in the class. Objects of one product are checked again, by `mayUse`. */
export function mayReach(actor: Actor, access: AccessClass): boolean {
  if (access === 'public') return true;
  return access === 'signed-in' ? isKnown(actor) : scopesOf(actor).has(access);
}

/** The products that a person of the staff or a token is limited to; null: all. What they list is of these alone. */
export function productScopeOf(actor: Actor): ProductScope {
  return actor.kind === 'USER' || actor.kind === 'TOKEN' ? actor.productIds : null;
}

/** Whether the actor may use a scope on a product (`null`: on something that belongs to no product, so never when limited to some). */
export function mayUse(actor: Actor, scope: Scope, productId: string | null): boolean {
  return scopesOf(actor).has(scope) && isWithin(actor, productId);
}

/** Drafts, histories, counts and links of a product are for staff: people and tokens with `release:read`. */
export function seesDrafts(actor: Actor, productId: string): boolean {
  return mayUse(actor, 'release:read', productId);
}

/** Whoever works for the vendor sees products as such, whatever they may do there. */
export function managesProduct(actor: Actor, productId: string): boolean {
  return scopesOf(actor).size > 0 && isWithin(actor, productId);
}

/** Others see OPEN products, and LICENSED ones that they have a license of. */
export function seesProduct(actor: Actor, product: { readonly id: string; readonly distribution: Distribution }): boolean {
  if (managesProduct(actor, product.id) || product.distribution === 'OPEN') return true;
  return product.distribution === 'LICENSED' && licensedProductsOf(actor).includes(product.id);
}

/** Of the products that they see, others see what is or was published. */
export function seesRelease(actor: Actor, release: { readonly productId: string; readonly status: DownloadableStatus }): boolean {
  return seesDrafts(actor, release.productId) || PUBLIC_STATUSES.includes(release.status);
}

/** A license is seen by its holder, by the people of its customer, and by staff with `license:read`. */
export function seesLicense(
  actor: Actor,
  license: { readonly id: string; readonly customerId: string; readonly productId: string },
): boolean {
  if (actor.kind === 'LICENSE') return actor.licenseId === license.id;
  if (actor.kind === 'USER' && actor.customerId !== null) return actor.customerId === license.customerId;
  return mayUse(actor, 'license:read', license.productId);
}

/** Members of a customer download; its keys are for owners, and for whoever has one. */
export function seesLicenseKeys(actor: Actor): boolean {
  return actor.kind !== 'USER' || actor.memberRole !== 'MEMBER';
}

/** The people of a customer are managed by its owners, and by staff with `license:write`. */
export function managesPeople(actor: Actor, customerId: string): boolean {
  return ownsCustomer(actor, customerId) || mayUse(actor, 'license:write', null);
}

export function ownsCustomer(actor: Actor, customerId: string): boolean {
  return actor.kind === 'USER' && actor.customerId === customerId && actor.memberRole === 'OWNER';
}

/** What a customer may download is asked by the customer's own people, and by staff with `license:read`: who is limited, about their products. */
export function mayAskAbout(actor: Actor, customerId: string): boolean {
  return (actor.kind === 'USER' && actor.customerId === customerId) || scopesOf(actor).has('license:read');
}

const isWithin = (actor: Actor, productId: string | null): boolean => coversProduct(productScopeOf(actor), productId);

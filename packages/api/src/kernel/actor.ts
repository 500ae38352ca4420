import type { MemberRole, ProductScope, Role, Scope } from '@slipway/shared';

/** Nobody in particular: no session, no token, no key. */
export interface AnonymousActor {
  readonly kind: 'ANONYMOUS';
}

/** A license key was sent that no license has. */
export interface UnknownKeyActor {
  readonly kind: 'UNKNOWN_LICENSE_KEY';
}

/** A person with a session. `customerId` is set for the role CUSTOMER. */
export interface UserActor {
  readonly kind: 'USER';
  readonly userId: string;
  readonly sessionId: string;
  readonly role: Role;
  readonly scopes: ReadonlySet<Scope>;
  /** The products that somebody of the staff is limited to; null: all. */
  readonly productIds: ProductScope;
  readonly customerId: string | null;
  /** What they may do at their customer; null: they have none. */
  readonly memberRole: MemberRole | null;
  readonly licensedProductIds: readonly string[];
  /** When the session began. */
  readonly signedInAt?: Date;
  /** Has to set up a second factor before anything else. */
  readonly mustEnrolTotp?: boolean;
}

/** A program with an API token, for one product or all, as far as its creator works on them. */
export interface TokenActor {
  readonly kind: 'TOKEN';
  readonly tokenId: string;
  readonly createdBy: string;
  readonly scopes: ReadonlySet<Scope>;
  readonly productIds: ProductScope;
}

/** Whoever holds one license key, by header, by `?key=` or by a session started with it. */
export interface LicenseActor {
  readonly kind: 'LICENSE';
  readonly licenseId: string;
  readonly sessionId: string | null;
  readonly customerId: string;
  readonly licensedProductIds: readonly string[];
  /** When the session began; absent when the key came with the request. */
  readonly signedInAt?: Date;
}

/** A machine of a customer, by its machine key: it downloads with their licenses, and changes nothing. */
export interface MachineActor {
  readonly kind: 'MACHINE';
  readonly machineKeyId: string;
  readonly customerId: string;
  /** The one license that its key is for; null: all of the customer's. */
  readonly licenseId: string | null;
  readonly licensedProductIds: readonly string[];
}

/** Who is asking, decided once per request at the border. */
export type Actor = AnonymousActor | UnknownKeyActor | UserActor | TokenActor | LicenseActor | MachineActor;

export const ANONYMOUS: Actor = { kind: 'ANONYMOUS' };

const NO_SCOPES: ReadonlySet<Scope> = new Set();

/** The scopes an actor may use at all, before the products that they are limited to are looked at; what they allow: `policy.ts`. */
export function scopesOf(actor: Actor): ReadonlySet<Scope> {
  return actor.kind === 'USER' || actor.kind === 'TOKEN' ? actor.scopes : NO_SCOPES;
}

/** The products of which an actor may see published releases beside the OPEN ones. */
export function licensedProductsOf(actor: Actor): readonly string[] {
  return 'licensedProductIds' in actor ? actor.licensedProductIds : [];
}

/** Whose licenses somebody downloads with. */
export interface LicenseOwner {
  readonly customerId: string;
  /** This one alone; null: all that the customer has. */
  readonly licenseId: string | null;
}

/** The licenses with which an actor downloads; null: they download by right of something else, or not at all. */
export function licenseOwnerOf(actor: Actor): LicenseOwner | null {
  switch (actor.kind) {
    case 'USER':
      return actor.customerId === null ? null : { customerId: actor.customerId, licenseId: null };
    case 'LICENSE':
    case 'MACHINE':
      return { customerId: actor.customerId, licenseId: actor.licenseId };
    case 'TOKEN':
    case 'ANONYMOUS':
    case 'UNKNOWN_LICENSE_KEY':
      return null;
  }
}

/** Whether somebody in particular is asking. */
export function isKnown({ kind }: Actor): boolean {
  return kind !== 'ANONYMOUS' && kind !== 'UNKNOWN_LICENSE_KEY';
}

/** The name under which the audit trail and idempotency keys know an actor. */
export function actorId(actor: Actor): string {
  switch (actor.kind) {
    case 'USER':
      return actor.userId;
    case 'TOKEN':
      return actor.tokenId;
    case 'LICENSE':
      return actor.licenseId;
    case 'MACHINE':
      return actor.machineKeyId;
    case 'ANONYMOUS':
    case 'UNKNOWN_LICENSE_KEY':
      return 'anonymous';
  }
}

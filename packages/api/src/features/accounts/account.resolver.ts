import { SCOPES, type ProductScope } from '@slipway/shared';
import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { scopesOf, type Actor } from '../../kernel/actor.js';
import type { RequestContext } from '../../kernel/context.js';
import { productScopeOf } from '../../kernel/policy.js';
import { badInput } from '../../kernel/problem/faults.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import { Weight } from '../../kernel/limits/weight.js';
import type { License } from '../licenses/license.entity.js';
import { LicenseType } from '../licenses/license.schema.js';
import type { LicenseService } from '../licenses/license.service.js';
import type { AccountService } from './account.service.js';
import { UserType } from './user.schema.js';
import type { UserAccount } from './user-account.entity.js';

@ObjectType('Viewer', { description: 'The caller: a person, a program with a token, or the holder of a license key.' })
@Access('public')
export class ViewerType {
  @Weight({ items: 15 })
  @Field(() => [String], { description: 'The scopes that the caller has, for example `release:read`.' })
  permissions!: string[];

  @Weight({ items: 5 })
  @Field(() => [ID], {
    nullable: true,
    description: 'The IDs of the products that a person of your staff, or a token, is limited to. Null when not limited.',
  })
  limitedToProductIds!: readonly string[] | null;

  @Field(() => Boolean, {
    description: 'Whether you have to set up a second factor before you can do anything else: your role requires one.',
  })
  mustEnrolTotp!: boolean;
}

@InputType('SignInInput', { description: 'Credentials to sign in with: an e-mail address and a password, or a license key.' })
export class SignInInput {
  @Field(() => String, { nullable: true, description: 'The e-mail address of the account.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'The password of the account.' })
  password?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The code of the second factor, or a recovery code, where the account has one.',
  })
  totpCode?: string | null;

  @Field(() => String, { nullable: true, description: 'A license key, in place of an e-mail address and a password.' })
  licenseKey?: string | null;
}

@InputType('SignOutInput', { description: 'Which sessions to end.' })
export class SignOutInput {
  @Field(() => Boolean, { nullable: true, description: 'Whether to end your sessions on all devices, rather than only this one.' })
  everywhere?: boolean | null;
}

export interface ViewerData {
  readonly actor: Actor;
  readonly permissions: string[];
  readonly limitedToProductIds: ProductScope;
  readonly mustEnrolTotp: boolean;
}

/** What a viewer shows of an actor; null for nobody. */
export function viewerOf(actor: Actor): ViewerData | null {
  if (actor.kind === 'ANONYMOUS' || actor.kind === 'UNKNOWN_LICENSE_KEY') return null;
  const scopes = scopesOf(actor);
  return {
    actor,
    permissions: SCOPES.filter((scope) => scopes.has(scope)),
    limitedToProductIds: productScopeOf(actor),
    mustEnrolTotp: actor.kind === 'USER' && actor.mustEnrolTotp === true,
  };
}

interface SignInResult {
  readonly viewer: ViewerData | null;
}

const SignInPayload = payloadType<SignInResult>('SignIn', {
  viewer: { type: () => ViewerType, description: 'The caller, now signed in.' },
});
const SignOutPayload = payloadType<object>('SignOut', {});

const PASSWORD_INPUT_MAX_LENGTH = 1_000;

@Resolver(() => ViewerType)
export class AccountResolver {
  constructor(
    private readonly accounts: AccountService,
    private readonly licenseService: LicenseService,
  ) {}

  @Access('public')
  @Query(() => ViewerType, { nullable: true, description: 'The caller. Null when signed out.' })
  viewer(@Ctx() { actor }: RequestContext): ViewerData | null {
    return viewerOf(actor);
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'The person who is signed in. Null for tokens and license keys.' })
  async user(@Root() { actor }: ViewerData): Promise<UserAccount | null> {
    return actor.kind === 'USER' ? this.accounts.findUser(actor.userId) : null;
  }

  @FieldResolver(() => LicenseType, { nullable: true, description: 'The license whose key was used. Null for people and tokens.' })
  async license(@Root() { actor }: ViewerData): Promise<License | null> {
    return actor.kind === 'LICENSE' ? this.licenseService.find(actor, actor.licenseId) : null;
  }

  @Weight({ items: 5 })
  @FieldResolver(() => [LicenseType], {
    description: 'Your own licenses, newest first, at most 1,000, leaving out revoked ones first. Empty for staff.',
    deprecationReason: 'It ends at 1,000. Use `ownLicenses`, which has pages.',
  })
  licenses(@Root() { actor }: ViewerData): Promise<License[]> {
    return this.licenseService.listOwn(actor);
  }

  @Access('public')
  @Mutation(() => SignInPayload, { description: 'Signs in: starts a session and sets its cookie.' })
  async signIn(@Ctx() context: RequestContext, @Arg('input', () => SignInInput) input: SignInInput): Promise<PayloadOf<SignInResult>> {
    return succeed({ viewer: viewerOf(await this.#signIn(context, input)) });
  }

  @Access('public')
  @Mutation(() => SignOutPayload, { description: 'Signs out: ends the session and clears its cookie.' })
  async signOut(
    @Ctx() context: RequestContext,
    @Arg('input', () => SignOutInput, { nullable: true }) input: SignOutInput | null,
  ): Promise<PayloadOf<object>> {
    await this.accounts.signOut(context, input?.everywhere ?? false);
    return succeed({});
  }

  #signIn(context: RequestContext, { email, password, licenseKey, totpCode }: SignInInput): Promise<Actor> {
    if (licenseKey) return this.accounts.signInWithLicenseKey(context, licenseKey.slice(0, PASSWORD_INPUT_MAX_LENGTH));
    if (email && password) {
      const given = { email, password: password.slice(0, PASSWORD_INPUT_MAX_LENGTH), totpCode: totpCode ?? null };
      return this.accounts.signInWithPassword(context, given);
    }
    throw badInput('Give email and password, or licenseKey.');
  }
}

import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { viewerOf, ViewerType, type ViewerData } from '../account.resolver.js';
import type { EntryService } from './entry.service.js';

@InputType('RequestSignInLinkInput', { description: 'The address to mail a link to sign in to.' })
export class RequestSignInLinkInput {
  @Field(() => String, { description: 'The e-mail address of the account.' })
  email!: string;
}

@InputType('RequestPasswordResetInput', { description: 'The address to mail a link to choose a password to.' })
export class RequestPasswordResetInput {
  @Field(() => String, { description: 'The e-mail address of the account.' })
  email!: string;
}

@InputType('SignInWithLinkInput', { description: 'A link to sign in with.' })
export class SignInWithLinkInput {
  @Field(() => String, { description: 'The last part of the link.' })
  token!: string;
}

@InputType('ResetPasswordInput', { description: 'A link to choose another password with, and the password.' })
export class ResetPasswordInput {
  @Field(() => String, { description: 'The last part of the link.' })
  token!: string;

  @Field(() => String, { description: 'Your new password, up to 128 characters; `vendor.passwordMinLength` says how short it may be.' })
  newPassword!: string;
}

interface Entered {
  readonly viewer: ViewerData | null;
}
const VIEWER = { viewer: { type: () => ViewerType, description: 'The caller, now signed in.' } };
const RequestSignInLinkPayload = payloadType<object>('RequestSignInLink', {});
const RequestPasswordResetPayload = payloadType<object>('RequestPasswordReset', {});
const SignInWithLinkPayload = payloadType<Entered>('SignInWithLink', VIEWER);
const ResetPasswordPayload = payloadType<Entered>('ResetPassword', VIEWER);

@Resolver()
export class EntryResolver {
  constructor(private readonly entry: EntryService) {}

  @Access('public')
  @Mutation(() => RequestSignInLinkPayload, {
    description: 'Mails a link to sign in with, which works once within 15 minutes. The answer does not tell whether there is an account.',
  })
  async requestSignInLink(
    @Ctx() context: RequestContext,
    @Arg('input', () => RequestSignInLinkInput) { email }: RequestSignInLinkInput,
  ): Promise<PayloadOf<object>> {
    await this.entry.request(context, 'SIGN_IN', email);
    return succeed({});
  }

  @Access('public')
  @Mutation(() => RequestPasswordResetPayload, {
    description:
      'Mails a link to choose another password, which works once within an hour. The answer does not tell whether there is an account.',
  })
  async requestPasswordReset(
    @Ctx() context: RequestContext,
    @Arg('input', () => RequestPasswordResetInput) { email }: RequestPasswordResetInput,
  ): Promise<PayloadOf<object>> {
    await this.entry.request(context, 'RESET', email);
    return succeed({});
  }

  @Access('public')
  @Mutation(() => SignInWithLinkPayload, { description: 'Signs in with a link that was mailed: starts a session and sets its cookie.' })
  async signInWithLink(
    @Ctx() context: RequestContext,
    @Arg('input', () => SignInWithLinkInput) { token }: SignInWithLinkInput,
  ): Promise<PayloadOf<Entered>> {
    return succeed({ viewer: viewerOf(await this.entry.signIn(context, token)) });
  }

  @Access('public')
  @Mutation(() => ResetPasswordPayload, {
    description: 'Chooses another password with a link that was mailed, ends all sessions of the account, and signs in.',
  })
  async resetPassword(
    @Ctx() context: RequestContext,
    @Arg('input', () => ResetPasswordInput) { token, newPassword }: ResetPasswordInput,
  ): Promise<PayloadOf<Entered>> {
    return succeed({ viewer: viewerOf(await this.entry.reset(context, token, newPassword)) });
  }
}

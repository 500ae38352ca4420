import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { viewerOf, ViewerType, type ViewerData } from '../account.resolver.js';
import { RequestPasswordResetInput, RequestSignInLinkInput, ResetPasswordInput, SignInWithLinkInput } from './entry.inputs.js';
import type { EntryService } from './entry.service.js';

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
    @Arg('input', () => SignInWithLinkInput) input: SignInWithLinkInput,
  ): Promise<PayloadOf<Entered>> {
    return succeed({ viewer: viewerOf(await this.entry.signIn(context, input)) });
  }

  @Access('public')
  @Mutation(() => ResetPasswordPayload, {
    description: 'Chooses another password with a link that was mailed, ends all sessions of the account, and signs in.',
  })
  async resetPassword(
    @Ctx() context: RequestContext,
    @Arg('input', () => ResetPasswordInput) input: ResetPasswordInput,
  ): Promise<PayloadOf<Entered>> {
    return succeed({ viewer: viewerOf(await this.entry.reset(context, input)) });
  }
}

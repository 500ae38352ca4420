import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import type { Connection } from '../../kernel/pagination.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import type { Mail } from '../../machinery/mail/mail.entity.js';
import { requireLogs } from '../logs/log-filter.js';
import type { MailList } from '../logs/mails/mail-list.js';
import { MailArgs, MailConnection, MailType } from '../logs/mails/mail.schema.js';
import { SendMailAgainInput, TestMailInput, type TestMailValues } from './mail.inputs.js';
import type { MailService } from './mail.service.js';

interface MailResult {
  readonly mail: Mail;
}
const FIELDS = { mail: { type: () => MailType, description: 'The mail and what has become of it.' } };
const TestMailPayload = payloadType<MailResult>('TestMail', FIELDS);
const SendMailAgainPayload = payloadType<MailResult>('SendMailAgain', FIELDS);

@Resolver()
export class MailResolver {
  constructor(
    private readonly service: MailService,
    private readonly mails: MailList,
  ) {}

  @Access('log:read')
  @Query(() => MailConnection, {
    name: 'mails',
    description: 'Lists mails and what has become of them, newest first. Requires `log:read`.',
  })
  listMails(@Ctx() context: RequestContext, @Args(() => MailArgs) args: MailArgs): Promise<Connection<Mail>> {
    requireLogs(context);
    return this.mails.list(args);
  }

  @Access('settings:write')
  @Mutation(() => TestMailPayload, {
    description: 'Sends one mail at once to try out how mail is sent. Nothing is saved but the mail itself. Requires `settings:write`.',
  })
  async testMail(@Ctx() context: RequestContext, @Arg('input', () => TestMailInput) input: TestMailValues): Promise<PayloadOf<MailResult>> {
    return succeed({ mail: await this.service.test(context, input) });
  }

  @Access('settings:write')
  @Mutation(() => SendMailAgainPayload, {
    description: 'Sends a mail again that was held, refused, or may not have arrived. Requires `settings:write`.',
  })
  async sendMailAgain(
    @Ctx() context: RequestContext,
    @Arg('input', () => SendMailAgainInput) input: SendMailAgainInput,
  ): Promise<PayloadOf<MailResult>> {
    return succeed({ mail: await this.service.sendAgain(context, input.id) });
  }
}

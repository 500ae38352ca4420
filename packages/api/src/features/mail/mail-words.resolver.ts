import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { Weight } from '../../kernel/limits/weight.js';
import { mayUse } from '../../kernel/policy.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import type { Mail } from '../../machinery/mail/mail.entity.js';
import { MailSeal, NO_WORDS } from '../../machinery/mail/mail-seal.js';
import { MailType } from '../logs/mails/mail.schema.js';

/** What a mail says; of one whose link lets in whoever has it, only for those who may make accounts anyway. */
@Resolver(() => MailType)
export class MailWordsResolver {
  readonly #seal: MailSeal;

  constructor(secrets: Secrets) {
    this.#seal = new MailSeal(secrets);
  }

  @Access('log:read')
  @Weight({ bytes: 1_000 })
  @FieldResolver(() => String, {
    description: 'The mail as plain text. Empty if it `isSecret` and was sent, or if you do not have `user:write`.',
  })
  text(@Ctx() context: RequestContext, @Root() mail: Mail): string {
    return this.#words(context, mail).text;
  }

  @Access('log:read')
  @Weight({ bytes: 120 })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Where its button leads. Null if it has none, and where the text is not shown.',
  })
  link(@Ctx() context: RequestContext, @Root() mail: Mail): string | null {
    return this.#words(context, mail).link;
  }

  #words({ actor }: RequestContext, mail: Mail) {
    return mail.isSecret && !mayUse(actor, 'user:write', null) ? NO_WORDS : this.#seal.open(mail);
  }
}

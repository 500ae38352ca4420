import DataLoader from 'dataloader';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Database } from '../../../database/database.js';
import { findWithout } from '../../../database/entity-rows.js';
import type { LoaderDefinition, RequestContext } from '../../../kernel/context.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { DateTime } from '../../../kernel/scalars.js';
import { Mail, type MailState } from '../../../machinery/mail/mail.entity.js';
import { MailStateEnum } from '../../logs/mails/mail.schema.js';
import type { AnnouncementRecipient } from '../announcement.entity.js';
import { downloadersOf } from '../recalls/downloaders.js';
import { AnnouncementRecipientType } from './announcement.schema.js';

type MailFate = Pick<Mail, 'id' | 'state' | 'settledAt' | 'problem'>;

/** What has become of mails, by their IDs. */
export function mailFates(database: Database): LoaderDefinition<string, MailFate | null> {
  return {
    name: 'mailFateById',
    make: () =>
      new DataLoader(async (ids) => {
        const known = new Map((await findWithout(database, Mail, { ids, omitted: ['text', 'html', 'link'] })).map((row) => [row.id, row]));
        return ids.map((id) => known.get(id) ?? null);
      }),
  };
}

/** Who made the downloads of a recall, by the entries, of which each is its own key. */
export function downloaders(database: Database): LoaderDefinition<AnnouncementRecipient, string | null> {
  return {
    name: 'downloaderOfRecipient',
    make: () =>
      new DataLoader(async (rows) => {
        const known = await downloadersOf(database, rows);
        return rows.map(({ id }) => known.get(id) ?? null);
      }),
  };
}

export interface RecipientResolverUse {
  readonly fates: LoaderDefinition<string, MailFate | null>;
  readonly downloaders: LoaderDefinition<AnnouncementRecipient, string | null>;
}

@Resolver(() => AnnouncementRecipientType)
export class RecipientResolver {
  constructor(private readonly use: RecipientResolverUse) {}

  @FieldResolver(() => MailStateEnum, { nullable: true, description: 'What has become of the mail. Null if there is none.' })
  async mailState(@Ctx() context: RequestContext, @Root() row: AnnouncementRecipient): Promise<MailState | null> {
    return (await this.#fate(context, row))?.state ?? null;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When the mail was sent or given up. Null while it waits.' })
  async mailSettledAt(@Ctx() context: RequestContext, @Root() row: AnnouncementRecipient): Promise<Date | null> {
    return (await this.#fate(context, row))?.settledAt ?? null;
  }

  @Weight({ bytes: 100 })
  @FieldResolver(() => String, { nullable: true, description: 'What went wrong with the mail and what to do. Null if nothing did.' })
  async mailProblem(@Ctx() context: RequestContext, @Root() row: AnnouncementRecipient): Promise<string | null> {
    return (await this.#fate(context, row))?.problem ?? null;
  }

  @Weight({ bytes: 30 })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Who made the download of a recalled release: the person while the log has it, else the license. Null for announcements.',
  })
  downloadedBy(@Ctx() context: RequestContext, @Root() row: AnnouncementRecipient): Promise<string | null> {
    return row.downloadedAt === null ? Promise.resolve(null) : context.loader(this.use.downloaders).load(row);
  }

  #fate(context: RequestContext, { mailId }: AnnouncementRecipient): Promise<MailFate | null> {
    return mailId === null ? Promise.resolve(null) : context.loader(this.use.fates).load(mailId);
  }
}

import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Database } from '../../../database/database.js';
import type { LoaderDefinition } from '../../../kernel/context.js';
import type { Secrets } from '../../../kernel/secret/secrets.js';
import { MailSeal } from '../../../machinery/mail/mail-seal.js';
import { Mail } from '../../../machinery/mail/mail.entity.js';

/** What became of the mails of invitations, one statement per request. */
export const mailsById = (database: Database, secrets: Secrets): LoaderDefinition<string, Mail | null> => ({
  name: 'invitationMail',
  make: () =>
    new DataLoader(async (ids) => {
      const seal = new MailSeal(secrets);
      const rows = await database.read.findBy(Mail, { id: In([...ids]) });
      const known = new Map(rows.map((row) => [row.id, { ...row, ...seal.open(row) }]));
      return ids.map((id) => known.get(id) ?? null);
    }),
});

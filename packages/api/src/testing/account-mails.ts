import { MailSeal } from '../machinery/mail/mail-seal.js';
import { Mail } from '../machinery/mail/mail.entity.js';
import type { Harness } from './harness.js';
import { TEST_SECRETS } from './test-secrets.js';

/** The mails to an address that wait in the outbox, the newest first, as their reader would see them. */
export async function mailsTo(harness: Harness, address: string): Promise<Mail[]> {
  await harness.settle();
  const seal = new MailSeal(TEST_SECRETS);
  const rows = await harness.database.read.find(Mail, { where: { toAddress: address }, order: { id: 'DESC' } });
  return rows.map((row) => ({ ...row, ...seal.open(row) }));
}

/** The token in the link of the newest mail of a kind to an address. */
export async function tokenFor(harness: Harness, address: string, kind: Mail['kind']): Promise<string> {
  const mail = (await mailsTo(harness, address)).find((one) => one.kind === kind);
  const token = /\/([\w-]{43})$/.exec(mail?.link ?? '')?.[1];
  if (token === undefined) throw new Error(`${address} got no ${kind} with a link.`);
  return token;
}

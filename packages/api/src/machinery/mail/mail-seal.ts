import type { Secrets } from '../../kernel/secret/secrets.js';
import type { Mail } from './mail.entity.js';

type Words = Pick<Mail, 'text' | 'html' | 'link'>;

/** Seals the words of mails that let in whoever has their link: the database alone does not. */
export class MailSeal {
  constructor(private readonly secrets: Secrets) {}

  seal(id: string, { text, html, link }: Words): Words {
    const seal = (words: string): string => this.secrets.encrypt('mail', id, words);
    return { text: seal(text), html: seal(html), link: link === null ? null : seal(link) };
  }

  /** The words of a mail, sealed or not; none of a secret one that was sent. */
  open({ id, isSecret, text, html, link }: Words & Pick<Mail, 'id' | 'isSecret'>): Words {
    const open = (words: string): string => (isSecret && words !== '' ? this.secrets.decrypt('mail', id, words) : words);
    return { text: open(text), html: open(html), link: link === null ? null : open(link) };
  }
}

/** What is left of the words of a secret mail that nobody needs any more. */
export const NO_WORDS: Words = { text: '', html: '', link: null };

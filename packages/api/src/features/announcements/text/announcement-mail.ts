import type { AnnouncementKind, AnnouncementText } from '@slipway/shared';
import { withMailStyles } from '../../../machinery/mail/mail-markup.js';
import { mailButton, mailHtml, mailSecondLink, mailText, type MailBrand } from '../../../machinery/mail/mail-template.js';
import { announcementMessages as words } from '../../../messages/announcements.js';
import type { AnnouncementValues } from './announcement-values.js';
import { fillHtml, fillLine, fillText, type ButtonMarkup } from './fill-in.js';

/** An announcement as one person gets it. */
export interface ComposedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where its first button leads. */
  readonly link: string;
}

interface Composing {
  readonly brand: MailBrand;
  readonly kind: AnnouncementKind;
  readonly text: AnnouncementText;
  readonly values: AnnouncementValues;
  /** Where the recipient chooses what to get; null in a test. */
  readonly unsubscribeUrl: string | null;
}

/** Makes the mail of a text and the values of a person. */
export function composeMail({ brand, kind, text, values, unsubscribeUrl }: Composing): ComposedMail {
  const subject = fillLine(text.subject, values);
  let buttons = 0;
  // One filled button a mail: what comes after it is a way beside it.
  const buttonOf: ButtonMarkup = (button) => ((buttons += 1) === 1 ? mailButton(brand, button) : mailSecondLink(button));
  const html = withMailStyles(fillHtml(text.body, values, buttonOf));
  const content = {
    title: subject,
    paragraphs: [],
    body: { text: fillText(text.body, values), html },
    footer: footerOf(kind, values),
    footerLinks: unsubscribeUrl === null ? [] : [{ label: words.unsubscribe, url: unsubscribeUrl }],
  };
  return { subject, text: mailText(brand, content), html: mailHtml(brand, content), link: linkOf(values) };
}

function footerOf(kind: AnnouncementKind, { texts: { product = '', version = '' } }: AnnouncementValues): string {
  return kind === 'RECALL' ? words.becauseDownloaded(product, version) : words.becauseLicensed(product);
}

const linkOf = ({ link, buttons }: AnnouncementValues): string => buttons['replace']?.url ?? link;

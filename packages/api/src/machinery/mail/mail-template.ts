import { accentOf, shownLogoSize } from '@slipway/shared';

/** What every mail has of the vendor. */
export interface MailBrand {
  readonly vendorName: string;
  readonly accentColor: string;
  /** Null: there is none. */
  readonly logo: { readonly url: string; readonly width: number; readonly height: number } | null;
  readonly supportEmail: string;
}

/** A mail before it has a form: text and HTML are made of the same words. */
export interface MailContent {
  /** The first line in large letters. */
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** What stands in place of paragraphs: HTML that is safe and has its styles, and the same as plain text. */
  readonly body?: { readonly text: string; readonly html: string };
  /** Facts with a name each, as a short table. */
  readonly facts?: readonly (readonly [name: string, value: string])[];
  readonly button?: MailLink;
  /** Why it comes, in a sentence. */
  readonly footer: string;
  /** Where else to go, below it. */
  readonly footerLinks?: readonly MailLink[];
}

export interface MailLink {
  readonly label: string;
  readonly url: string;
}

/** What HTML would take for markup. */
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');
const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const [LIGHT, DARK] = [
  { page: '#f4f5f7', paper: '#ffffff', ink: '#15171c', muted: '#585e6a' },
  { page: '#101216', paper: '#191c22', ink: '#eceef2', muted: '#a5acb9' },
] as const;

/** As plain text, in lines as people write them. */
export function mailText({ vendorName }: MailBrand, content: MailContent): string {
  const { title, paragraphs, body, facts = [], button, footer, footerLinks = [] } = content;
  const table = facts.map(([name, value]) => `${name}: ${value}`).join('\n');
  const link = button ? `${button.label}:\n${button.url}` : '';
  const end = ['-- ', vendorName, footer, ...footerLinks.map(({ label, url }) => `${label}: ${url}`)].join('\n');
  return `${[title, ...paragraphs, body?.text.trim() ?? '', table, link, end].filter(Boolean).join('\n\n')}\n`;
}

/** As HTML that reads well without images, in dark mode and at 360 px: a table of one column, styles at each element. */
export function mailHtml(brand: MailBrand, content: MailContent): string {
  const { title, paragraphs, facts = [], button } = content;
  const accent = accentOf(brand.accentColor);
  const muted = `class="muted" style="color:${LIGHT.muted};font-size:14px;line-height:20px"`;
  const rows = facts
    .map(
      ([name, value]) =>
        `<tr><td ${muted} valign="top">${escapeHtml(name)}&nbsp;&nbsp;</td><td class="ink" style="font-size:14px;line-height:20px">${escapeHtml(value)}</td></tr>`,
    )
    .join('');
  const body = [
    `<h1 class="ink" style="margin:24px 0 12px;font-size:20px;line-height:28px;color:${LIGHT.ink}">${escapeHtml(title)}</h1>`,
    ...paragraphs.map(paragraphOf),
    content.body?.html ?? '',
    rows === '' ? '' : `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:4px 0 16px">${rows}</table>`,
    button ? mailButton(brand, button) : '',
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title>
<style>@media (prefers-color-scheme: dark) {.page{background:${DARK.page}!important}.paper{background:${DARK.paper}!important}.ink{color:${DARK.ink}!important}.muted{color:${DARK.muted}!important}.button{background:${accent.dark.accent}!important;color:${accent.dark.onAccent}!important}}</style></head>
<body class="page" style="margin:0;background:${LIGHT.page};font-family:${FONT}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:${LIGHT.paper};border-radius:12px"><tr><td style="padding:24px">
${headOf(brand)}${body.filter(Boolean).join('\n')}
${endOf(content, muted)}
</td></tr></table></td></tr></table></body></html>
`;
}

/** A second way, beside a button: a link in a line of its own. */
export const mailSecondLink = ({ label, url }: MailLink): string =>
  `<p style="margin:0 0 16px"><a class="ink" href="${escapeHtml(url)}" style="color:${LIGHT.ink};font-size:15px;text-decoration:underline">${escapeHtml(label)}</a></p>`;

/** A button, in a line of its own. */
export function mailButton({ accentColor }: Pick<MailBrand, 'accentColor'>, { label, url }: MailLink): string {
  const { accent, onAccent } = accentOf(accentColor).light;
  const look = `display:inline-block;padding:11px 18px;border-radius:8px;background:${accent};color:${onAccent};font-size:15px;font-weight:600;text-decoration:none`;
  return `<p style="margin:8px 0 16px"><a class="button" href="${escapeHtml(url)}" style="${look}">${escapeHtml(label)}</a></p>`;
}

const paragraphOf = (text: string): string =>
  `<p class="ink" style="margin:0 0 12px;font-size:15px;line-height:22px;color:${LIGHT.ink}">${escapeHtml(text).replaceAll('\n', '<br>')}</p>`;

/** Why it comes, and where else to go. */
function endOf({ footer, footerLinks = [] }: MailContent, look: string): string {
  const links = footerLinks.map((link) => linkOf(link, look)).join(' &middot; ');
  return `<p ${look.replace('style="', 'style="margin:24px 0 0;')}>${[escapeHtml(footer), links].filter(Boolean).join('<br>')}</p>`;
}

const linkOf = ({ label, url }: MailLink, look: string): string => `<a ${look} href="${escapeHtml(url)}">${escapeHtml(label)}</a>`;

/** The name beside the logo says who writes where no image is shown. */
function headOf({ vendorName, logo }: MailBrand): string {
  const size = logo ? shownLogoSize(logo) : null;
  const image =
    logo && size
      ? `<img src="${escapeHtml(logo.url)}" width="${size.width}" height="${size.height}" alt="" style="vertical-align:middle;border:0">&nbsp; `
      : '';
  return `<p class="ink" style="margin:0;font-size:15px;font-weight:600;color:${LIGHT.ink}">${image}${escapeHtml(vendorName)}</p>\n`;
}

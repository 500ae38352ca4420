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
  /** Facts with a name each, as a short table. */
  readonly facts?: readonly (readonly [name: string, value: string])[];
  readonly button?: { readonly label: string; readonly url: string };
  /** Why it comes, in a sentence. */
  readonly footer: string;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');
const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const [LIGHT, DARK] = [
  { page: '#f4f5f7', paper: '#ffffff', ink: '#15171c', muted: '#585e6a' },
  { page: '#101216', paper: '#191c22', ink: '#eceef2', muted: '#a5acb9' },
] as const;

/** As plain text, in lines as people write them. */
export function mailText({ vendorName }: MailBrand, { title, paragraphs, facts = [], button, footer }: MailContent): string {
  const table = facts.map(([name, value]) => `${name}: ${value}`).join('\n');
  const link = button ? `${button.label}:\n${button.url}` : '';
  return `${[title, ...paragraphs, table, link, `-- \n${vendorName}\n${footer}`].filter(Boolean).join('\n\n')}\n`;
}

/** As HTML that reads well without images, in dark mode and at 360 px: a table of one column, styles at each element. */
export function mailHtml(brand: MailBrand, content: MailContent): string {
  const { title, paragraphs, facts = [], button, footer } = content;
  const accent = accentOf(brand.accentColor);
  const muted = `class="muted" style="color:${LIGHT.muted};font-size:14px;line-height:20px"`;
  const rows = facts
    .map(
      ([name, value]) =>
        `<tr><td ${muted} valign="top">${escape(name)}&nbsp;&nbsp;</td><td class="ink" style="font-size:14px;line-height:20px">${escape(value)}</td></tr>`,
    )
    .join('');
  const body = [
    `<h1 class="ink" style="margin:24px 0 12px;font-size:20px;line-height:28px;color:${LIGHT.ink}">${escape(title)}</h1>`,
    ...paragraphs.map(
      (text) =>
        `<p class="ink" style="margin:0 0 12px;font-size:15px;line-height:22px;color:${LIGHT.ink}">${escape(text).replaceAll('\n', '<br>')}</p>`,
    ),
    rows === '' ? '' : `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:4px 0 16px">${rows}</table>`,
    button ? buttonOf(button, accent.light) : '',
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escape(title)}</title>
<style>@media (prefers-color-scheme: dark) {.page{background:${DARK.page}!important}.paper{background:${DARK.paper}!important}.ink{color:${DARK.ink}!important}.muted{color:${DARK.muted}!important}.button{background:${accent.dark.accent}!important;color:${accent.dark.onAccent}!important}}</style></head>
<body class="page" style="margin:0;background:${LIGHT.page};font-family:${FONT}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:${LIGHT.paper};border-radius:12px"><tr><td style="padding:24px">
${headOf(brand)}${body.filter(Boolean).join('\n')}
<p ${muted.replace('style="', 'style="margin:24px 0 0;')}>${escape(footer)}</p>
</td></tr></table></td></tr></table></body></html>
`;
}

function buttonOf(
  { label, url }: { readonly label: string; readonly url: string },
  { accent, onAccent }: { readonly accent: string; readonly onAccent: string },
): string {
  const look = `display:inline-block;padding:11px 18px;border-radius:8px;background:${accent};color:${onAccent};font-size:15px;font-weight:600;text-decoration:none`;
  return `<p style="margin:8px 0 16px"><a class="button" href="${escape(url)}" style="${look}">${escape(label)}</a></p>`;
}

/** The name beside the logo says who writes where no image is shown. */
function headOf({ vendorName, logo }: MailBrand): string {
  const size = logo ? shownLogoSize(logo) : null;
  const image =
    logo && size
      ? `<img src="${escape(logo.url)}" width="${size.width}" height="${size.height}" alt="" style="vertical-align:middle;border:0">&nbsp; `
      : '';
  return `<p class="ink" style="margin:0;font-size:15px;font-weight:600;color:${LIGHT.ink}">${image}${escape(vendorName)}</p>\n`;
}

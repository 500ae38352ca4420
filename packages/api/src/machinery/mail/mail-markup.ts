/** The look of Markdown in mails: programs that show them keep styles at the elements alone. */

const TEXT = 'font-size:15px;line-height:22px;color:#15171c';
const CODE = 'font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:13px;background:#80808022;border-radius:4px';

const STYLES: Readonly<Record<string, string>> = {
  p: `margin:0 0 12px;${TEXT}`,
  h3: 'margin:20px 0 8px;font-size:17px;line-height:24px;color:#15171c',
  h4: 'margin:16px 0 8px;font-size:15px;line-height:22px;color:#15171c',
  h5: 'margin:16px 0 8px;font-size:15px;line-height:22px;color:#15171c',
  h6: 'margin:16px 0 8px;font-size:15px;line-height:22px;color:#15171c',
  ul: `margin:0 0 12px;padding-left:20px;${TEXT}`,
  ol: `margin:0 0 12px;padding-left:24px;${TEXT}`,
  li: 'margin:0 0 4px',
  a: 'color:inherit;text-decoration:underline',
  code: `padding:1px 4px;${CODE}`,
  pre: `margin:0 0 12px;padding:12px;white-space:pre-wrap;overflow-wrap:anywhere;${CODE}`,
  blockquote: `margin:0 0 12px;padding-left:12px;border-left:3px solid #80808066;${TEXT}`,
  table: `margin:0 0 12px;border-collapse:collapse;${TEXT}`,
  th: 'padding:4px 8px;border:1px solid #80808066;text-align:left',
  td: 'padding:4px 8px;border:1px solid #80808066',
  hr: 'margin:20px 0;border:0;border-top:1px solid #80808066',
};
/** In the dark these have the ink of the dark page; what stands in them takes it over. */
const INKED: ReadonlySet<string> = new Set(['p', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'blockquote', 'table']);
/** What has its styles already, a button, keeps them. */
const TAG = /<(p|h[3-6]|ul|ol|li|a|code|pre|blockquote|table|th|td|hr)(?=[\s>])(?![^>]*style=)/g;

/** Gives every element its style. @param html from the one renderer of Markdown, in which every `<` begins a tag */
export function withMailStyles(html: string): string {
  return html.replaceAll(TAG, (_, tag: string) => `<${tag}${INKED.has(tag) ? ' class="ink"' : ''} style="${STYLES[tag] ?? ''}"`);
}

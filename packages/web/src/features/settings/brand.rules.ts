/** What the form says and shows of the vendor's logo and color. */
import { accentOf, checkSetting, contrast, DEFAULT_ACCENT, inspectLogo, LOGO_MAX_BYTES, READABLE } from '@slipway/shared';

export const isColor = (text: string): boolean => checkSetting('accentColor', text) === null;

/** The color that is typed, or ours while it is none. */
export const colorOf = (text: string): string => (isColor(text) ? text.trim().toLowerCase() : DEFAULT_ACCENT);

/** Below this a change of brightness is rounding. */
const SAME = 1.02;

function changeOf(from: string, to: string): string | null {
  if (from === to) return null;
  const ratio = contrast(to, '#000000') / contrast(from, '#000000');
  if (ratio > SAME) return `lightened to ${to}`;
  return ratio < 1 / SAME ? `darkened to ${to}` : `softened to ${to}`;
}

type Theme = 'light' | 'dark';
const PAGES: Readonly<Record<Theme, string>> = { light: 'Light', dark: 'Dark' };

/** What becomes of the color on pages of a theme, so that it can be read: `darkened to #836b00`; null: it stays. */
function changeOn(theme: Theme, text: string): string | null {
  const color = colorOf(text);
  return color === DEFAULT_ACCENT ? null : changeOf(color, accentOf(color)[theme].accent);
}

/** What whoever chooses a color should know of it. */
export function accentWarning(text: string): string | undefined {
  const change = changeOn('light', text);
  return change === null ? undefined : `On light pages ${change}, so that it can be read.`;
}

/** How a theme shows the color, and how well the text of a button is read there. */
export function contrastText(theme: Theme, text: string): string {
  const { accent, onAccent } = accentOf(colorOf(text))[theme];
  const change = changeOn(theme, text);
  // Rounded down: what is shown is reached.
  const ratio = (Math.floor(contrast(accent, onAccent) * 10) / 10).toFixed(1);
  return `${PAGES[theme]}: ${change === null ? '' : `${change}, `}text on the button ${ratio} : 1 (${READABLE} : 1 needed)`;
}

/** Where the picture is: the saved one by its digest, one that was just chosen by itself; null: none. */
export function logoSource(text: string): string | null {
  if (text === '') return null;
  return text.startsWith('data:') ? text : `/vendor/logo/${text}`;
}

export type ChosenLogo = { readonly text: string; readonly fault: null } | { readonly text: null; readonly fault: string };

/** As many arguments as every browser takes. */
const PART_BYTES = 8_192;
const UNREADABLE = 'The browser cannot show this image: export it again.';

/** Reads a file that somebody chose, and judges it as the server will. @returns a `data:` URL */
export async function readLogo(file: Blob): Promise<ChosenLogo> {
  // One byte more than is allowed tells that it is too large.
  const bytes = new Uint8Array(await file.slice(0, LOGO_MAX_BYTES + 1).arrayBuffer());
  const { image, problem } = inspectLogo(bytes);
  if (problem) return { text: null, fault: problem.message };
  return { text: `data:${image.mediaType};base64,${base64Of(bytes)}`, fault: null };
}

function base64Of(bytes: Uint8Array): string {
  const parts = Array.from({ length: Math.ceil(bytes.length / PART_BYTES) }, (_, at) =>
    bytes.subarray(at * PART_BYTES, (at + 1) * PART_BYTES),
  );
  return btoa(parts.map((part) => String.fromCharCode(...part)).join(''));
}
/** Whether the browser can show it: what the header says may still be nothing. @returns what is wrong, or null */
export async function faultOfPicture(url: string): Promise<string | null> {
  const picture = new Image();
  picture.src = url;
  return picture.decode().then(
    () => null,
    () => UNREADABLE,
  );
}

import { contrast, hexColor, seenColor, type SeenColor } from './color.js';

/** The accent of the console, and of the portal until the vendor has one. */
export const DEFAULT_ACCENT = '#3a4fd8';

/** What is made of one color: the names of the tokens in the web app's styles. */
export interface AccentTokens {
  /** Filled buttons, focus. */
  readonly accent: string;
  readonly accentHover: string;
  /** Text on both. */
  readonly onAccent: string;
  /** The ground of what is chosen. */
  readonly accentSoft: string;
  /** Links: text on any surface, and on `accentSoft`. */
  readonly accentInk: string;
}

/** The names of the tokens in the web app's styles. */
const PROPERTIES: Readonly<Record<keyof AccentTokens, string>> = {
  accent: '--accent',
  accentHover: '--accent-hover',
  onAccent: '--on-accent',
  accentSoft: '--accent-soft',
  accentInk: '--accent-ink',
};

export interface Accent {
  readonly light: AccentTokens;
  readonly dark: AccentTokens;
}

/** What text needs to be read, by WCAG 2.2 AA. @see https://www.w3.org/TR/WCAG22/#contrast-minimum */
export const READABLE = 4.5;
/** What accents lie on: canvas, sunken, raised and hover of the web app's styles. */
export const SURFACES = {
  light: ['#ffffff', '#f6f7f9', '#ffffff', '#f0f1f5'],
  dark: ['#101116', '#16181e', '#191b22', '#21242c'],
} as const;
/** The styles have these by themselves. */
const OURS: Accent = {
  light: { accent: DEFAULT_ACCENT, accentHover: '#2e41bd', onAccent: '#ffffff', accentSoft: '#eef0fd', accentInk: '#3346c4' },
  dark: { accent: '#93a1ff', accentHover: '#aab5ff', onAccent: '#11142e', accentSoft: '#20254a', accentInk: '#aab5ff' },
};

const STEP = 0.005;
/** Dark pages get a lighter shade that does not glare. */
const DARK = { lightness: 0.74, chroma: 0.15 } as const;

/** The tokens as CSS sets them: `--accent` and the others, each with its color. */
export function accentProperties(tokens: AccentTokens): Readonly<Record<string, string>> {
  const names = Object.keys(PROPERTIES) as (keyof AccentTokens)[]; // the keys of the table above
  return Object.fromEntries(names.map((name) => [PROPERTIES[name], tokens[name]]));
}

/** The accent of light and dark pages. A color that could not be read there is darkened or lightened, its hue stays. @param color `#rrggbb` */
export function accentOf(color: string): Accent {
  const given = color.toLowerCase();
  return given === DEFAULT_ACCENT ? OURS : { light: lightTokens(seenColor(given)), dark: darkTokens(seenColor(given)) };
}

function lightTokens(given: SeenColor): AccentTokens {
  const accent = readableOn(SURFACES.light, given);
  // What is nearly black has no darker shade to go to.
  const hover = { ...accent, lightness: accent.lightness + (accent.lightness < 0.3 ? 0.1 : -0.05) };
  const soft = hexColor({ ...accent, lightness: 0.955, chroma: Math.min(accent.chroma, 0.02) });
  // A little darker than what is read on the surfaces is read on the soft ground as well.
  const ink = { ...accent, lightness: Math.max(0, accent.lightness - 0.03) };
  return tokensOf({ accent, hover, ink }, { onAccent: '#ffffff', accentSoft: soft });
}

/** Shades this light are read on every dark surface, and dark text on them, whatever the hue: the tests ask thousands. */
function darkTokens(given: SeenColor): AccentTokens {
  const accent = { ...given, lightness: Math.max(given.lightness, DARK.lightness), chroma: Math.min(given.chroma, DARK.chroma) };
  const hover = { ...accent, lightness: accent.lightness + (accent.lightness > 0.93 ? -0.07 : 0.05) };
  const soft = hexColor({ ...accent, lightness: 0.28, chroma: Math.min(accent.chroma, 0.08) });
  const on = hexColor({ ...accent, lightness: 0.2, chroma: Math.min(accent.chroma, 0.05) });
  return tokensOf({ accent, hover, ink: hover }, { onAccent: on, accentSoft: soft });
}

function tokensOf(
  { accent, hover, ink }: Readonly<Record<'accent' | 'hover' | 'ink', SeenColor>>,
  rest: Pick<AccentTokens, 'onAccent' | 'accentSoft'>,
): AccentTokens {
  return { accent: hexColor(accent), accentHover: hexColor(hover), accentInk: hexColor(ink), ...rest };
}

/** The color itself, or the next darker one that is read on every ground; black always is. */
function readableOn(grounds: readonly string[], color: SeenColor): SeenColor {
  for (let lightness = color.lightness; lightness > 0; lightness -= STEP) {
    const hex = hexColor({ ...color, lightness });
    if (grounds.every((ground) => contrast(hex, ground) >= READABLE)) return { ...color, lightness };
  }
  return { lightness: 0, chroma: 0, hue: color.hue };
}

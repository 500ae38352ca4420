/** Colors as people write them (`#rrggbb`), and as eyes see them. */

/**
 * OKLCH: equal steps look equally large, and a change of lightness leaves the hue alone.
 * @see https://bottosson.github.io/posts/oklab/
 */
export interface SeenColor {
  /** 0 is black, 1 is white. */
  readonly lightness: number;
  /** 0 is gray; the most colorful that screens show is about 0.3. */
  readonly chroma: number;
  /** In radians. */
  readonly hue: number;
}

type Triple = readonly [number, number, number];

const HEX = /^#[0-9a-f]{6}$/i;
/** How far outside of what screens show still rounds to it. */
const ROUNDING = 0.0005;
/** Halvings after which a chroma is exact to 8 bits. */
const HALVINGS = 16;

export const isHexColor = (text: string): boolean => HEX.test(text);

function partsOf(hex: string): Triple {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  return [red, green, blue];
}

const toLinear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const fromLinear = (part: number): number => (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055);

/** Relative luminance by WCAG 2.2: 0 is black, 1 is white. */
function luminance(hex: string): number {
  const [red, green, blue] = partsOf(hex).map(toLinear) as unknown as Triple; // three go in
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** How well one color is read on another by WCAG 2.2: 1 (not at all) to 21. @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const [first, second] = [luminance(one), luminance(other)];
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

export function seenColor(hex: string): SeenColor {
  const [red, green, blue] = partsOf(hex).map(toLinear) as unknown as Triple; // three go in
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  const b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
  return {
    lightness: 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    chroma: Math.hypot(a, b),
    hue: Math.atan2(b, a),
  };
}

function linearParts({ lightness, chroma, hue }: SeenColor): Triple {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

const isShown = (color: SeenColor): boolean => linearParts(color).every((part) => part >= -ROUNDING && part <= 1 + ROUNDING);

/** The nearest color that screens show: as light, of the same hue, less colorful where that is needed. */
export function hexColor(color: SeenColor): string {
  let [least, most] = [0, color.chroma];
  for (let count = 0; count < HALVINGS && !isShown({ ...color, chroma: most }); count += 1) {
    const middle = (least + most) / 2;
    if (isShown({ ...color, chroma: middle })) least = middle;
    else most = middle;
  }
  const shown = isShown({ ...color, chroma: most }) ? most : least;
  const parts = linearParts({ ...color, chroma: shown }).map((part) => Math.round(fromLinear(Math.min(1, Math.max(0, part))) * 255));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./styles.css', import.meta.url), 'utf8');

type Tokens = Readonly<Record<string, string>>;

/** The colours that a rule sets. */
function tokensOf(text: string, selector: string): Tokens {
  const block = new RegExp(`(?:^|\\n) *${selector.replaceAll(/[[\]]/g, '\\$&')} \\{([^}]*)\\}`).exec(text)?.[1] ?? '';
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

/** Relative luminance by WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const more = css.slice(css.indexOf('@media (prefers-contrast: more)'));
const light = tokensOf(css, ':root');
const dark = { ...light, ...tokensOf(css, "[data-theme='dark']") };
const themes: readonly { theme: string; tokens: Tokens; isStrong: boolean }[] = [
  { theme: 'light', tokens: light, isStrong: false },
  { theme: 'dark', tokens: dark, isStrong: false },
  { theme: 'light, more contrast', tokens: { ...light, ...tokensOf(more, ':root') }, isStrong: true },
  { theme: 'dark, more contrast', tokens: { ...dark, ...tokensOf(more, "[data-theme='dark']") }, isStrong: true },
];
const SURFACES = ['canvas', 'sunken', 'raised'];
const TEXT = ['ink', 'muted', 'faint', 'accent-ink', 'good', 'warn', 'bad'];
const PAIRS = [
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-bad', 'bad-solid'],
  ['accent-ink', 'accent-soft'],
  ['good', 'good-soft'],
  ['warn', 'warn-soft'],
  ['bad', 'bad-soft'],
  ['muted', 'hover'],
] as const;

describe.each(themes)('the colours, $theme', ({ tokens, isStrong }) => {
  const ratio = (one: string, other: string): number => contrast(tokens[one] ?? '', tokens[other] ?? '');

  it.each(SURFACES)('let every text be read on %s', (surface) => {
    const faults = TEXT.filter((text) => !(ratio(text, surface) >= 4.5)).map((text) => `${text}: ${ratio(text, surface).toFixed(2)}`);
    expect(faults).toEqual([]);
  });

  it('let text be read on the colour that it stands on', () => {
    expect(PAIRS.filter(([text, ground]) => !(ratio(text, ground) >= 4.5))).toEqual([]);
  });

  it.each(SURFACES)('let the border of a control and the focus be seen on %s', (surface) => {
    const least = isStrong ? 4.5 : 3;
    expect(ratio('line-strong', surface)).toBeGreaterThanOrEqual(least);
    expect(ratio('accent', surface)).toBeGreaterThanOrEqual(3);
  });
});

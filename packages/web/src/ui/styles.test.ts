import { readFileSync } from 'node:fs';
import { accentOf, accentProperties, contrast, DEFAULT_ACCENT, SURFACES as GROUNDS } from '@slipway/shared';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./styles.css', import.meta.url), 'utf8');

type Tokens = Readonly<Record<string, string>>;

/** The colours that a rule sets. */
function tokensOf(text: string, selector: string): Tokens {
  const block = new RegExp(`(?:^|\\n) *${selector.replaceAll(/[[\]]/g, '\\$&')} \\{([^}]*)\\}`).exec(text)?.[1] ?? '';
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

const more = css.slice(css.indexOf('@media (prefers-contrast: more)'));
const light = tokensOf(css, "[data-theme='light']");
const dark = { ...light, ...tokensOf(css, "[data-theme='dark']") };
const themes: readonly { theme: string; tokens: Tokens; isStrong: boolean }[] = [
  { theme: 'light', tokens: light, isStrong: false },
  { theme: 'dark', tokens: dark, isStrong: false },
  { theme: 'light, more contrast', tokens: { ...light, ...tokensOf(more, "[data-theme='light']") }, isStrong: true },
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

it('paper has the light colours, whatever the screen has', () => {
  const before = [...css.matchAll(/^(.*)\n *\[data-theme='dark'\] \{/gm)].map(([, line]) => line?.trim());
  expect(before).toEqual(['@media screen {', '@media screen {']);
});

describe.each([
  { theme: 'light', tokens: light },
  { theme: 'dark', tokens: dark },
] as const)('the accent, $theme', ({ theme, tokens }) => {
  it('is what the rule of accents says of our own color', () => {
    const ours = accentProperties(accentOf(DEFAULT_ACCENT)[theme]);
    expect(Object.fromEntries(Object.keys(ours).map((name) => [name, tokens[name.slice(2)]]))).toEqual(ours);
  });

  it('is judged on the surfaces that it lies on', () => {
    expect(['canvas', 'sunken', 'raised', 'hover'].map((surface) => tokens[surface])).toEqual(GROUNDS[theme]);
  });
});

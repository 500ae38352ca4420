import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accentOf, DEFAULT_ACCENT, SURFACES, type AccentTokens } from './accent.js';
import { contrast, hexColor, seenColor } from './color.js';

const anyColor = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`);
const ENDS = ['00', '7f', 'ff'] as const;
/** Our own, and those where channels end, shades of gray among them. */
const EDGES = [DEFAULT_ACCENT, ...ENDS.flatMap((red) => ENDS.flatMap((green) => ENDS.map((blue) => `#${red}${green}${blue}`)))];

/** What WCAG 2.2 asks of text. */
const AA = 4.5;

/** Texts with the ground that each is read on, that do not reach AA. */
function unreadable({ accent, accentHover, onAccent, accentSoft, accentInk }: AccentTokens, surfaces: readonly string[]) {
  const pairs = [
    [onAccent, accent],
    [onAccent, accentHover],
    [accentInk, accentSoft],
    ...surfaces.flatMap((surface) => [[accentInk, surface] as const, [accent, surface] as const]),
  ] as const;
  return pairs.filter(([text, ground]) => contrast(text, ground) < AA);
}

describe('the accent made of one color', () => {
  it('is read on every surface, and so is text on it, in light and dark, whatever the color', () => {
    const isReadable = (color: string): void => {
      const { light, dark } = accentOf(color);
      expect([color, unreadable(light, SURFACES.light), unreadable(dark, SURFACES.dark)]).toEqual([color, [], []]);
    };
    EDGES.forEach(isReadable);
    fc.assert(fc.property(anyColor, isReadable), { numRuns: 2_000 });
  });

  it('is another one under the pointer', () => {
    const differs = (color: string): void => {
      const { light, dark } = accentOf(color);
      expect(light.accentHover).not.toBe(light.accent);
      expect(dark.accentHover).not.toBe(dark.accent);
    };
    EDGES.forEach(differs);
    fc.assert(fc.property(anyColor, differs));
  });

  it.each([
    ['#0b6e69', '#0b6e69', 'what is dark enough stays as it is'],
    ['#6d3bd1', '#6d3bd1', 'what is dark enough stays as it is'],
    ['#000000', '#000000', 'black stays black'],
    ['#8a8a8a', '#6e6e6e', 'gray gets darker and stays gray'],
  ])('%s is %s on light pages: %s', (given, shown) => {
    expect(accentOf(given).light.accent).toBe(shown);
  });

  it('keeps the hue of what it darkens and lightens', () => {
    for (const color of ['#ffd400', '#00c2ff', '#ff5c8a', '#7ddc1f', '#0b6e69']) {
      const { light, dark } = accentOf(color);
      const { hue } = seenColor(color);
      for (const shown of [light.accent, dark.accent]) {
        const turn = Math.abs(seenColor(shown).hue - hue);
        expect(Math.min(turn, 2 * Math.PI - turn)).toBeLessThan(0.1);
      }
    }
  });

  it('never meets the limit by a color more than a step away from it', () => {
    const { light } = accentOf('#ffd400');
    expect(Math.min(...SURFACES.light.map((surface) => contrast(light.accent, surface)))).toBeLessThan(AA + 0.15);
  });

  it('takes capital letters, and is ours for our own color', () => {
    expect(accentOf('#0B6E69')).toEqual(accentOf('#0b6e69'));
    expect(accentOf(DEFAULT_ACCENT.toUpperCase()).light.accentInk).toBe('#3346c4');
  });
});

describe('a color', () => {
  it('comes back from what eyes see of it', () => {
    const comesBack = (color: string): void => {
      expect(hexColor(seenColor(color))).toBe(color);
    };
    fc.assert(fc.property(anyColor, comesBack), { numRuns: 2_000 });
  });

  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.48],
    ['#3a4fd8', '#ffffff', 6.38],
    ['#ffffff', '#ffffff', 1],
  ])('%s on %s has the contrast that WCAG gives it, %f', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 2);
    expect(contrast(other, one)).toBeCloseTo(ratio, 2);
  });

  it('that screens cannot show is shown less colorful', () => {
    const shown = seenColor(hexColor({ lightness: 0.9, chroma: 0.4, hue: 0.5 }));
    expect(shown.lightness).toBeCloseTo(0.9, 1);
    expect(shown.chroma).toBeLessThan(0.2);
  });
});

import { LOGO_MAX_BYTES } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import { accentWarning, contrastText, logoSource, readLogo } from './brand.rules';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAACgAAAAUCAYAAAD/Rn+7AAAARklEQVR4AezSIQ4AMAgEwQbbl2L4vwPDD9YgtkmDuoQMF7+yL/63L3aeHS5IT6OgglSA5u2gglSA5u2gglSA5u2gglSA5gcAAP//QvDWtwAAAAZJREFUAwDLI0eP7xq9owAAAABJRU5ErkJggg==';

describe('the accent color in the form', () => {
  it.each([
    ['#FFD400', /^On light pages darkened to #[0-9a-f]{6}, so that it can be read\.$/],
    ['#0b6e69', undefined],
    ['#3A4FD8', undefined],
    ['teal', undefined],
    ['', undefined],
  ])('%j warns where it is another one on light pages', (text, warning) => {
    if (warning) expect(accentWarning(text)).toMatch(warning);
    else expect(accentWarning(text)).toBeUndefined();
  });

  it('never claims more contrast than there is, and always enough', () => {
    expect(contrastText('light', '#0b6e69')).toBe('Light: text on the button 6.0 : 1 (4.5 : 1 needed)');
    expect(contrastText('dark', '#0b6e69')).toBe('Dark: lightened to #69bcb5, text on the button 8.0 : 1 (4.5 : 1 needed)');
    expect(contrastText('dark', '#ffd400')).toMatch(/^Dark: softened to /);
    for (const color of ['#ffffff', '#000000', '#ffd400', 'nonsense'])
      expect(Number(/([0-9.]+) : 1 \(/.exec(contrastText('dark', color))?.[1])).toBeGreaterThanOrEqual(4.5);
  });
});

describe('the logo in the form', () => {
  it('is read whole as a data: URL, whatever its name and type say', async () => {
    const bytes = Uint8Array.from(atob(PNG), (letter) => letter.charCodeAt(0));
    expect(await readLogo(new File([bytes], 'logo.exe', { type: 'text/html' }))).toEqual({
      text: `data:image/png;base64,${PNG}`,
      fault: null,
    });
  });

  it('says what is wrong with a file before anything is sent', async () => {
    expect(await readLogo(new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>']))).toEqual({
      text: null,
      fault: 'An SVG can carry scripts, and mail programs do not show it: save the logo as PNG, JPEG or WebP.',
    });
    expect((await readLogo(new Blob([new Uint8Array(2 * LOGO_MAX_BYTES)]))).fault).toBe(
      'The logo is larger than 256 kB: save it with fewer pixels.',
    );
  });

  it('is shown by the address of the saved one, or by itself', () => {
    expect([logoSource(''), logoSource('ab12'), logoSource('data:image/png;base64,AA==')]).toEqual([
      null,
      '/vendor/logo/ab12',
      'data:image/png;base64,AA==',
    ]);
  });
});

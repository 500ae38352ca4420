import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOGOS } from './logo.cases.js';
import { inspectLogo, LOGO_MAX_BYTES, shownLogoSize } from './logo.js';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Node and browsers each have another name for it; here is neither. */
function bytesOf(base64: string): Uint8Array {
  const bits = [...base64.replaceAll('=', '')].map((digit) => DIGITS.indexOf(digit).toString(2).padStart(6, '0')).join('');
  return Uint8Array.from({ length: Math.floor(bits.length / 8) }, (_, at) => parseInt(bits.slice(at * 8, at * 8 + 8), 2));
}

const textBytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const problemOf = (bytes: Uint8Array): string | undefined => inspectLogo(bytes).problem?.message;
const PNG = bytesOf(LOGOS[0]?.base64 ?? '');

/** The first image with other dimensions in its header. */
function sized(width: number, height: number): Uint8Array {
  const bytes = Uint8Array.from(PNG);
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
}

describe('a logo', () => {
  it.each(LOGOS)('can be $format', ({ mediaType, base64 }) => {
    expect(inspectLogo(bytesOf(base64))).toEqual({ image: { mediaType, width: 40, height: 20 }, problem: null });
  });

  it.each(LOGOS)('that is $format and cut off anywhere, or goes on after its end, is refused', ({ base64 }) => {
    const whole = bytesOf(base64);
    for (let length = 0; length < whole.length; length += 1) expect(inspectLogo(whole.subarray(0, length)).image).toBeNull();
    expect(problemOf(Uint8Array.from([...whole, ...textBytes('<script>')]))).toBe('The image is cut off or damaged: export it again.');
  });

  it.each([
    [
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'An SVG can carry scripts, and mail programs do not show it: save the logo as PNG, JPEG or WebP.',
    ],
    [
      '<?xml version="1.0"?>\n<!-- made here -->\n<svg\n>',
      'An SVG can carry scripts, and mail programs do not show it: save the logo as PNG, JPEG or WebP.',
    ],
    ['GIF89a', 'This is not a PNG, JPEG or WebP image: choose another file.'],
    ['<!doctype html><script>alert(1)</script>', 'This is not a PNG, JPEG or WebP image: choose another file.'],
    ['', 'This is not a PNG, JPEG or WebP image: choose another file.'],
  ])('cannot be %j, whatever its name says', (text, message) => {
    expect(problemOf(textBytes(text))).toBe(message);
  });

  it('has at most 256 kB and 16 to 2,048 pixels each way', () => {
    expect(problemOf(new Uint8Array(LOGO_MAX_BYTES + 1))).toBe('The logo is larger than 256 kB: save it with fewer pixels.');
    expect([sized(16, 2_048), sized(2_048, 16)].map(problemOf)).toEqual([undefined, undefined]);
    expect([sized(15, 40), sized(2_049, 40), sized(0, 0), sized(4_294_967_295, 40)].map(problemOf)).toEqual([
      'The logo has 15 × 40 pixels: save it with 16 to 2,048 in width and height.',
      'The logo has 2,049 × 40 pixels: save it with 16 to 2,048 in width and height.',
      'The logo has 0 × 0 pixels: save it with 16 to 2,048 in width and height.',
      'The logo has 4,294,967,295 × 40 pixels: save it with 16 to 2,048 in width and height.',
    ]);
  });

  it('is judged to the end whatever its bytes are', () => {
    const heads = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'RIFF'].map(textBytes);
    const anything = fc.tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }));
    fc.assert(
      fc.property(anything, ([head, rest]) => {
        const { image, problem } = inspectLogo(Uint8Array.from([...head, ...rest]));
        expect(image === null).toBe(problem !== null);
      }),
    );
  });

  it.each([
    [
      { width: 256, height: 256 },
      { width: 28, height: 28 },
    ],
    [
      { width: 400, height: 100 },
      { width: 112, height: 28 },
    ],
    [
      { width: 2_048, height: 100 },
      { width: 168, height: 8 },
    ],
    [
      { width: 16, height: 2_048 },
      { width: 1, height: 28 },
    ],
  ])('of %o takes the room of %o', (pixels, shown) => {
    expect(shownLogoSize(pixels)).toEqual(shown);
  });
});

import type { Problem } from '../problem.js';
import { formatBytes } from '../text/units.js';

/** What a logo may be: judged by its bytes, whatever its name says. */

export const LOGO_MAX_BYTES = 256_000;
export const LOGO_LEAST_PIXELS = 16;
export const LOGO_MOST_PIXELS = 2_048;
export const LOGO_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type LogoType = (typeof LOGO_TYPES)[number];

export interface LogoImage {
  readonly mediaType: LogoType;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

type Size = Omit<LogoImage, 'mediaType'>;
type Verdict = { readonly image: LogoImage; readonly problem: null } | { readonly image: null; readonly problem: Problem };

const DAMAGED = 'The image is cut off or damaged: export it again.';
const refused = (message: string): Verdict => ({ image: null, problem: { code: 'VALUE_INVALID', message } });

/** What an image is and how large, or what is wrong with it. An image ends where it says: nothing rides along behind it. */
export function inspectLogo(bytes: Uint8Array): Verdict {
  if (bytes.length > LOGO_MAX_BYTES) return refused(`The logo is larger than ${formatBytes(LOGO_MAX_BYTES)}: save it with fewer pixels.`);
  const mediaType = LOGO_TYPES.find((type) => FORMATS[type].isOne(bytes));
  if (!mediaType)
    return refused(
      isSvg(bytes)
        ? 'An SVG can carry scripts, and mail programs do not show it: save the logo as PNG, JPEG or WebP.'
        : 'This is not a PNG, JPEG or WebP image: choose another file.',
    );
  const size = FORMATS[mediaType].sizeOf(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!size) return refused(DAMAGED);
  const isGood = [size.width, size.height].every((pixels) => pixels >= LOGO_LEAST_PIXELS && pixels <= LOGO_MOST_PIXELS);
  if (isGood) return { image: { mediaType, ...size }, problem: null };
  const [width, height] = [size.width.toLocaleString('en-US'), size.height.toLocaleString('en-US')];
  const most = LOGO_MOST_PIXELS.toLocaleString('en-US');
  return refused(`The logo has ${width} × ${height} pixels: save it with ${LOGO_LEAST_PIXELS} to ${most} in width and height.`);
}

/** How high the portal shows a logo, and how wide at most, in CSS pixels. */
const SHOWN = { height: 28, width: 168 } as const;

/** The room that a logo takes, known before it is there. */
export function shownLogoSize({ width, height }: Size): Size {
  const scale = Math.min(SHOWN.height / height, SHOWN.width / width);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

interface Format {
  readonly isOne: (bytes: Uint8Array) => boolean;
  /** Null: it is cut off, or something follows it. */
  readonly sizeOf: (bytes: Uint8Array, view: DataView) => Size | null;
}

const textAt = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

const FORMATS: Readonly<Record<LogoType, Format>> = {
  'image/png': { isOne: (bytes) => textAt(bytes, 0, 8) === '\x89PNG\r\n\x1a\n', sizeOf: pngSize },
  'image/jpeg': { isOne: (bytes) => textAt(bytes, 0, 3) === '\xff\xd8\xff', sizeOf: jpegSize },
  'image/webp': { isOne: (bytes) => textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 12) === 'WEBP', sizeOf: webpSize },
};

function isSvg(bytes: Uint8Array): boolean {
  return /<svg[\s>]/i.test(textAt(bytes, 0, 4_096));
}

/** Chunks from the header to IEND. @see https://www.w3.org/TR/png-3/#5Chunk-layout */
function pngSize(bytes: Uint8Array, view: DataView): Size | null {
  if (bytes.length < 33 || textAt(bytes, 12, 16) !== 'IHDR') return null;
  let hasPixels = false;
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const kind = textAt(bytes, at + 4, at + 8);
    hasPixels ||= kind === 'IDAT';
    if (kind !== 'IEND') continue;
    return hasPixels && at + 12 === bytes.length ? { width: view.getUint32(16), height: view.getUint32(20) } : null;
  }
  return null;
}

/** Segments up to the frame, which says how large it is. @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2.2 */
function jpegSize(bytes: Uint8Array, view: DataView): Size | null {
  if (view.getUint16(bytes.length - 2) !== 0xffd9) return null;
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    // Markers may be preceded by any number of 0xff.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/** One of three first chunks. @see https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(bytes: Uint8Array, view: DataView): Size | null {
  if (bytes.length < 30 || view.getUint32(4, true) + 8 !== bytes.length) return null;
  switch (textAt(bytes, 12, 16)) {
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    case 'VP8X':
      return { width: 1 + (view.getUint32(24, true) & 0xffffff), height: 1 + (view.getUint32(26, true) >>> 8) };
    default:
      return null;
  }
}

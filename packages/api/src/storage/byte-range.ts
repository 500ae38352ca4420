import { Readable } from 'node:stream';

/** Inclusive positions of the first and last byte. */
export interface ByteSpan {
  readonly first: number;
  readonly last: number;
}

const UNIT = /^bytes=/i;
/** However long a number is: it then is behind the end. */
const RANGE = /^\s*(\d*)-(\d*)\s*$/;
/** More ranges than this in one request are none that a client in earnest asks for (RFC 9110, section 14.2). */
const MAX_SPANS = 16;

/** `ALL`: answer with everything, for want of ranges that we serve. */
export type RangeVerdict =
  | { readonly kind: 'ALL' }
  | { readonly kind: 'PART'; readonly span: ByteSpan }
  | { readonly kind: 'PARTS'; readonly spans: readonly ByteSpan[] }
  | { readonly kind: 'UNSATISFIABLE' };

/**
 * Reads a Range header. Other units, nonsense, and ranges that ask for more than the object has are ignored, as RFC 9110
 * section 14.2 allows; of several those that begin behind the end are left out.
 * @param size of the object, in bytes
 */
export function parseRange(header: string | undefined, size: number): RangeVerdict {
  if (header === undefined || !UNIT.test(header)) return { kind: 'ALL' };
  const spans = header
    .replace(UNIT, '')
    .split(',')
    .map((text) => spanOf(text, size));
  if (spans.length > MAX_SPANS || spans.includes('INVALID')) return { kind: 'ALL' };
  const served = spans.filter((span) => span !== 'INVALID' && span !== 'OUTSIDE');
  const [span] = served;
  if (!span) return { kind: 'UNSATISFIABLE' };
  if (served.length === 1) return { kind: 'PART', span };
  return served.reduce((sum, { first, last }) => sum + last - first + 1, 0) > size ? { kind: 'ALL' } : { kind: 'PARTS', spans: served };
}

function spanOf(text: string, size: number): ByteSpan | 'INVALID' | 'OUTSIDE' {
  const [, from = '', to = ''] = RANGE.exec(text) ?? [];
  if (from === '' && to === '') return 'INVALID';
  if (from !== '' && to !== '' && Number(to) < Number(from)) return 'INVALID';
  const first = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return first >= size || first > last ? 'OUTSIDE' : { first, last };
}

/** Several ranges of an object as one body. */
export interface PartsBody {
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Makes the body, in constant memory. */
  readonly open: () => Readable;
}

/** Ranges as `multipart/byteranges` (RFC 9110, section 14.6). @param boundary of letters and digits that the bytes do not have */
export function partsBody(
  object: { readonly size: number; readonly read: (span: ByteSpan) => Readable },
  spans: readonly ByteSpan[],
  boundary: string,
): PartsBody {
  const headOf = ({ first, last }: ByteSpan): string =>
    `\r\n--${boundary}\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes ${first}-${last}/${object.size}\r\n\r\n`;
  const tail = `\r\n--${boundary}--\r\n`;
  async function* parts(): AsyncGenerator<Buffer> {
    for (const span of spans) {
      yield Buffer.from(headOf(span));
      // A stored object is read in buffers.
      for await (const chunk of object.read(span)) yield chunk as Buffer;
    }
    yield Buffer.from(tail);
  }
  const sizeBytes = spans.reduce((sum, span) => sum + headOf(span).length + span.last - span.first + 1, tail.length);
  return {
    contentType: `multipart/byteranges; boundary=${boundary}`,
    sizeBytes,
    open: () => Readable.from(parts(), { objectMode: false }),
  };
}

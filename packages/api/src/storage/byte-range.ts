/** Inclusive positions of the first and last byte. */
export interface ByteSpan {
  readonly first: number;
  readonly last: number;
}

const SINGLE_RANGE = /^bytes=(\d{0,16})-(\d{0,16})$/i;

/** `ALL`: answer with everything, for want of a range that we serve. */
export type RangeVerdict =
  { readonly kind: 'ALL' } | { readonly kind: 'PART'; readonly span: ByteSpan } | { readonly kind: 'UNSATISFIABLE' };

/**
 * Reads a Range header. Several ranges, other units and nonsense are ignored, as RFC 9110 section 14.2 allows.
 * @param size of the object, in bytes
 */
export function parseRange(header: string | undefined, size: number): RangeVerdict {
  const match = SINGLE_RANGE.exec(header ?? '');
  const [, from = '', to = ''] = match ?? [];
  if (from === '' && to === '') return { kind: 'ALL' };
  if (from === '') return spanOf(Math.max(size - Number(to), 0), size - 1, size);
  if (to !== '' && Number(to) < Number(from)) return { kind: 'ALL' };
  return spanOf(Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1), size);
}

function spanOf(first: number, last: number, size: number): RangeVerdict {
  return first >= size || first > last ? { kind: 'UNSATISFIABLE' } : { kind: 'PART', span: { first, last } };
}

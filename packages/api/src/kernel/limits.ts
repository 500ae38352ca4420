/** How much of something one request, person or release may have. */
export interface Limit {
  /** What is limited, as a heading: `Nesting of a query`. */
  readonly what: string;
  /** The largest amount that is taken. */
  readonly most: number;
  /** What `most` counts: levels, characters, bytes, ... */
  readonly unit: string;
  /** What would happen without it, or whose recommendation it is. */
  readonly why: string;
}

/**
 * Every limit that a client can run into, in one table. `docs/limits.md` is written from it, and `testing/limits` exceeds each
 * of them: a limit that no probe exceeds does not compile.
 */
export const LIMITS = {
  queryDepth: { what: 'Nesting of a query', most: 10, unit: 'levels', why: 'Each level multiplies what the one above it answers.' },
  introspectionDepth: {
    what: 'Nesting of an introspection query',
    most: 20,
    unit: 'levels',
    why: 'Types wrap types by nature; explorers ask 13 levels.',
  },
  queryAliases: { what: 'Renamed fields in one document', most: 15, unit: 'aliases', why: 'An alias asks for the same work again.' },
  queryTokens: {
    what: 'Length of a GraphQL document',
    most: 2_000,
    unit: 'tokens',
    why: 'Parsing and validating come before every other check.',
  },
  queryObjects: {
    what: 'Objects that one query may ask for',
    most: 10_000,
    unit: 'objects',
    why: 'Nested pages multiply; counted before anything is read.',
  },
  pageSize: { what: 'Entries of one page', most: 100, unit: 'entries', why: 'A page is read, judged and answered in one piece.' },
} as const satisfies Readonly<Record<string, Limit>>;

export type LimitName = keyof typeof LIMITS;

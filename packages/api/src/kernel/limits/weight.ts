import { Extensions } from 'type-graphql';

/** What a field usually adds to an answer, at the 95th percentile: from it an answer's size is computed before any of it is read. */
export interface FieldWeight {
  /** Bytes of one value; of a text that may be long, or that is computed. */
  readonly bytes?: number;
  /** Entries of a list that has no pages. */
  readonly items?: number;
  /** Objects that are read and judged to find the one that is answered. */
  readonly work?: number;
}

/** Declares what a field of an object type weighs; what says nothing weighs what its type usually does. */
export function Weight(weight: FieldWeight): MethodDecorator & PropertyDecorator {
  const note: unknown = Extensions({ weight });
  // type-graphql's decorator accepts methods and properties alike; its type names each alone.
  return note as MethodDecorator & PropertyDecorator;
}

/** What was declared for a field. @param extensions of the field in the schema */
export function weightOf(extensions: Readonly<Record<string, unknown>>): FieldWeight {
  // Only `Weight` writes this extension.
  return (extensions['weight'] as FieldWeight | undefined) ?? {};
}

/** Markdown of a release, and the HTML that is made of it. */
export const CHANGELOG_WEIGHT: FieldWeight = { bytes: 2_000 };
export const CHANGELOG_HTML_WEIGHT: FieldWeight = { bytes: 4_000 };
/** Files of one release. */
export const FILES_WEIGHT: FieldWeight = { items: 12 };

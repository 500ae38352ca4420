import type { FastifyReply, FastifyRequest } from 'fastify';
import { parse, visit, type DocumentNode } from 'graphql';
import { LIMITS } from '../kernel/limits/limits.js';

/** No shorter document can repeat a name too often: each time takes a character and a space. */
const SHORTEST_TEXT = 2 * LIMITS.repeatedNames.most;

/** Documents that were found in order, as they were sent: programs send the same ones all day, and to parse one takes longer than to know it. */
const inOrder = new Set<string>();
const KNOWN_MOST = 300;
const KNOWN_LENGTH = 10_000;

/**
 * The first field that a document asks for too often under the same name; null when there is none. Validation compares equal
 * names with each other, pair by pair: 500 of them cost as much as thousands of usual queries.
 */
export function findRepeatedName(text: string): string | null {
  if (inOrder.has(text)) return null;
  const repeated = lookForRepeatedName(text);
  if (repeated === null && text.length <= KNOWN_LENGTH) keep(text);
  return repeated;
}

/** Whichever was kept first goes first: it is kept again when it is sent again. */
function keep(text: string): void {
  inOrder.add(text);
  const [oldest] = inOrder;
  if (inOrder.size > KNOWN_MOST && oldest !== undefined) inOrder.delete(oldest);
}

function lookForRepeatedName(text: string): string | null {
  const document = text.length < SHORTEST_TEXT ? null : parsed(text);
  if (document === null) return null;
  const counts = new Map<string, number>();
  let repeated: string | null = null;
  visit(document, {
    Field({ alias, name }) {
      const key = (alias ?? name).value;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count > LIMITS.repeatedNames.most) repeated ??= key;
    },
  });
  return repeated;
}

/** Null: what cannot be parsed is refused later, by the parser's own words. */
function parsed(text: string): DocumentNode | null {
  try {
    return parse(text, { maxTokens: LIMITS.queryTokens.most, noLocation: true });
  } catch {
    return null;
  }
}

/** A hook (`preHandler`) that refuses such documents before anybody validates them: rules of validation all run at once. */
export async function refuseRepeatedNames({ body, query, id }: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const sent = [body, query].find((one) => typeof one === 'object' && one !== null && 'query' in one);
  const name = typeof sent?.query === 'string' ? findRepeatedName(sent.query) : null;
  if (name === null) return undefined;
  // A name can be as long as a document.
  const shown = name.length > 40 ? `${name.slice(0, 40)}…` : name;
  const message = `The document asks for "${shown}" more than ${LIMITS.repeatedNames.most} times: ask for each field once, or send several requests.`;
  return reply.code(400).send({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT', requestId: id } }] });
}

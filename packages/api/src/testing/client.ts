import type { UserErrorData } from '../kernel/problem/refusal.js';

/** One GraphQL error as a client sees it. */
export interface SeenError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly requestId: string } & Record<string, unknown>;
}

export interface GraphqlReply<T> {
  readonly status: number;
  readonly data: T | null;
  readonly errors: readonly SeenError[];
}

/** The secret of another Authorization header as the password of Basic. */
export const basicOf = (authorization: string): string =>
  `Basic ${Buffer.from(`anybody:${authorization.replace(/^\S+\s+/, '')}`).toString('base64')}`;

type Json = Record<string, unknown>;
/** A payload whose fields a test names itself: what the server sends is checked by the test. */
export type Payload<T> = T & { readonly userErrors: readonly UserErrorData[] };

/** Somebody who talks to a running server over HTTP: with a cookie, a token, a key, or nothing. */
export class Client {
  constructor(
    readonly baseUrl: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** Any request; redirects are not followed. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.baseUrl}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...this.headers, ...(init.headers as Record<string, string> | undefined) },
    });
  }

  async graphql<T = Json>(query: string, variables: Json = {}): Promise<GraphqlReply<T>> {
    const response = await this.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as { data?: T | null; errors?: SeenError[] };
    return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
  }

  /** A query that must succeed. */
  async query<T = Json>(query: string, variables: Json = {}): Promise<T> {
    const { data, errors } = await this.graphql<T>(query, variables);
    if (errors.length > 0 || data === null) throw new Error(`Query failed: ${JSON.stringify(errors)}`);
    return data;
  }

  /** A mutation `name(input:)`; its payload with `userErrors`. @param fields what to select beside userErrors */
  async mutate<T = Json>(name: string, input: Json, fields = ''): Promise<Payload<T>> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const data = await this.query<Record<string, Payload<T>>>(
      `mutation($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code message field } } }`,
      { input },
    );
    const payload = data[name];
    if (!payload) throw new Error(`${name} answered nothing.`);
    return payload;
  }

  /** A mutation that must succeed. */
  async run<T = Json>(name: string, input: Json, fields: string): Promise<T> {
    const payload = await this.mutate<T>(name, input, fields);
    if (payload.userErrors.length > 0) throw new Error(`${name} was refused: ${JSON.stringify(payload.userErrors)}`);
    return payload;
  }
}

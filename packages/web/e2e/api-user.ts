/** Somebody signed in through GraphQL, to prepare and to check what a journey is not about. */
export interface ApiUser {
  run<T>(mutation: string, input: Record<string, unknown>, fields: string): Promise<T>;
  query<T>(query: string, variables?: Record<string, unknown>): Promise<T>;
}

export const SIGN_IN = 'mutation($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }';

export async function signInByApi(baseUrl: string, input: { readonly email: string; readonly password: string }): Promise<ApiUser> {
  const response = await post(baseUrl, { query: SIGN_IN, variables: { input } }, {});
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`Sign-in failed: ${await response.text()}`);
  return apiUser(baseUrl, { cookie });
}

export function apiUser(baseUrl: string, headers: Readonly<Record<string, string>>): ApiUser {
  const send = async <T>(query: string, variables: Record<string, unknown> = {}): Promise<T> => {
    const reply = (await (await post(baseUrl, { query, variables }, headers)).json()) as { data?: T; errors?: unknown };
    if (!reply.data || reply.errors) throw new Error(JSON.stringify(reply.errors));
    return reply.data;
  };
  return {
    query: send,
    run: async <T>(mutation: string, input: Record<string, unknown>, fields: string): Promise<T> => {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const data = await send<Record<string, T & { userErrors: { message: string }[] }>>(
        `mutation($input: ${type}!) { ${mutation}(input: $input) { ${fields} userErrors { message } } }`,
        { input },
      );
      const payload = data[mutation];
      if (!payload || payload.userErrors.length > 0) throw new Error(`${mutation}: ${JSON.stringify(payload?.userErrors)}`);
      return payload;
    },
  };
}

const post = (baseUrl: string, body: object, headers: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(`${baseUrl}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

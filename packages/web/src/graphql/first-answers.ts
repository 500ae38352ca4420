/** What public/start.js asked while the code was still on its way: the answer, or null where none came, by operation and variables. */
type FirstAnswers = Map<string, Promise<Response | null>>;

declare global {
  var slipwayAnswers: FirstAnswers | undefined;
}

function take(body: string): Promise<Response | null> | undefined {
  const { operationName, variables } = JSON.parse(body) as { operationName: string; variables: unknown }; // what Apollo's HTTP link writes
  const key = operationName + JSON.stringify(variables);
  const answer = globalThis.slipwayAnswers?.get(key);
  globalThis.slipwayAnswers?.delete(key);
  return answer;
}

/** `fetch` for GraphQL, which hands out an answer that was asked for already. Each is handed out once. */
export const fetchGraphql: typeof fetch = async (address, request) => {
  const answer = typeof request?.body === 'string' ? await take(request.body) : null;
  return answer ?? fetch(address, request);
};

/** On another page, and for somebody else, an answer that nobody wanted yet is old. */
export function dropFirstAnswers(): void {
  globalThis.slipwayAnswers?.clear();
}

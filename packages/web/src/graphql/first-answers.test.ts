import { afterEach, describe, expect, it, vi } from 'vitest';
import { dropFirstAnswers, fetchGraphql } from './first-answers';

const body = (variables: object): RequestInit => ({
  method: 'POST',
  body: JSON.stringify({ operationName: 'List', variables, query: '…' }),
});
const early = (answer: Response | null): void =>
  void (globalThis.slipwayAnswers = new Map([['List{"first":25}', Promise.resolve(answer)]]));
const later = vi.fn<typeof fetch>(async () => new Response('later'));
vi.stubGlobal('fetch', later);

afterEach(() => later.mockClear());

async function textOf(variables: object): Promise<string> {
  const response = await fetchGraphql('/graphql', body(variables));
  return response.text();
}

describe('answers that were asked for before the code was there', () => {
  it('are handed out once, then the server is asked', async () => {
    early(new Response('early'));
    expect(await textOf({ first: 25 })).toBe('early');
    expect(await textOf({ first: 25 })).toBe('later');
    expect(later).toHaveBeenCalledTimes(1);
  });

  it('are only for the same variables', async () => {
    early(new Response('early'));
    expect(await textOf({ first: 50 })).toBe('later');
  });

  it('that never came are asked for again', async () => {
    early(null);
    expect(await textOf({ first: 25 })).toBe('later');
  });

  it('are dropped on the second page', async () => {
    early(new Response('early'));
    dropFirstAnswers();
    expect(await textOf({ first: 25 })).toBe('later');
  });
});

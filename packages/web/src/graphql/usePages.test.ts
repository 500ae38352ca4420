import type { TypedDocumentNode } from '@apollo/client/core';
import { parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, ref, watch, type EffectScope } from 'vue';
import { client } from './client';
import { useEveryPage, usePages } from './usePages';

interface Answer {
  readonly words: { readonly nodes: readonly string[]; readonly pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}
const document = parse(
  'query Words($after: String) { words(after: $after) { nodes pageInfo { hasNextPage endCursor } } }',
) as TypedDocumentNode<Answer, { after?: string | null }>;

/** Serves these pages; a cursor is the number of the next one. @returns what was asked for, and a way to fail */
function serve(pages: readonly (readonly string[])[]) {
  const asked: number[] = [];
  const faults = new Set<number>();
  vi.stubGlobal('fetch', (_: string, init: { body: string }) => {
    const { variables } = JSON.parse(init.body) as { variables: { after?: string } };
    const place = Number(variables.after ?? 0);
    asked.push(place);
    if (faults.has(place)) return Promise.reject(new TypeError('network'));
    const pageInfo = { __typename: 'PageInfo', hasNextPage: place + 1 < pages.length, endCursor: String(place + 1) };
    return Promise.resolve(Response.json({ data: { words: { __typename: 'Words', nodes: pages[place], pageInfo } } }));
  });
  return { asked, faults };
}

describe('a list in pages', () => {
  let scope: EffectScope;
  beforeEach(() => void (scope = effectScope()));
  afterEach(async () => {
    scope.stop();
    await client.clearStore();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
  const start = <T>(make: () => T): T => scope.run(make) as T; // the scope is active

  it('grows by the page that is asked for, until there is none', async () => {
    const { asked } = serve([['a', 'b'], ['c'], ['d']]);
    const list = start(() =>
      usePages(
        document,
        () => ({}),
        (data) => data.words,
      ),
    );
    await vi.waitFor(() => expect(list.nodes.value).toEqual(['a', 'b']));
    expect(list.hasMore.value).toBe(true);
    await list.more();
    await list.more();
    expect([list.nodes.value, list.hasMore.value]).toEqual([['a', 'b', 'c', 'd'], false]);
    await list.more();
    expect(asked).toEqual([0, 1, 2]);
  });

  it('keeps what is there when a further page fails, says so, and asks for that page again', async () => {
    const { faults } = serve([['a'], ['b']]);
    faults.add(1);
    const list = start(() =>
      usePages(
        document,
        () => ({}),
        (data) => data.words,
      ),
    );
    await vi.waitFor(() => expect(list.nodes.value).toEqual(['a']));
    await list.more();
    expect([list.nodes.value, list.laterProblem.value?.code, list.problem.value]).toEqual([['a'], 'UNREACHABLE', null]);
    faults.clear();
    await list.more();
    expect([list.nodes.value, list.laterProblem.value]).toEqual([['a', 'b'], null]);
  });

  it('keeps the place when something in it changes: as many pages are read anew, and swapped at once', async () => {
    const pages = [['a', 'b'], ['c'], ['d'], ['e']];
    const { asked } = serve(pages);
    const list = start(() =>
      usePages(
        document,
        () => ({}),
        (data) => data.words,
      ),
    );
    await vi.waitFor(() => expect(list.nodes.value).toEqual(['a', 'b']));
    await list.more();
    await list.more();
    const seen: string[] = [];
    scope.run(() => watch(list.nodes, (nodes) => void seen.push((nodes ?? []).join('')), { flush: 'sync' }));
    pages.splice(0, pages.length, ['new', 'a'], ['b', 'c'], ['d'], ['e']);
    asked.length = 0;
    list.refetch();
    await vi.waitFor(() => expect(list.nodes.value).toEqual(['new', 'a', 'b', 'c', 'd']));
    expect(new Set(seen)).toEqual(new Set(['abcd', 'newabcd']));
    expect([asked, list.hasMore.value, list.isMoving.value]).toEqual([[0, 1, 2], true, false]);
  });

  it('shows what is new of it when the pages behind cannot be read anew, and asks for them again', async () => {
    const pages = [['a'], ['b'], ['c']];
    const { faults } = serve(pages);
    const list = start(() =>
      usePages(
        document,
        () => ({}),
        (data) => data.words,
      ),
    );
    await vi.waitFor(() => expect(list.nodes.value).toEqual(['a']));
    await list.more();
    pages[0] = ['new'];
    faults.add(1);
    list.refetch();
    await vi.waitFor(() => expect([list.nodes.value, list.laterProblem.value?.code]).toEqual([['new'], 'UNREACHABLE']));
    faults.clear();
    await list.more();
    expect(list.nodes.value).toEqual(['new', 'b']);
  });

  it('does not join a page of one question to the answer of another', async () => {
    const held: (() => void)[] = [];
    vi.stubGlobal('fetch', async (_: string, init: { body: string }) => {
      const { variables } = JSON.parse(init.body) as { variables: { of: string; after?: string } };
      if (variables.after) await new Promise<void>((resolve) => held.push(resolve));
      const pageInfo = { __typename: 'PageInfo', hasNextPage: !variables.after, endCursor: 'next' };
      return Response.json({
        data: { words: { __typename: 'Words', nodes: [`${variables.of} ${variables.after ?? 'first'}`], pageInfo } },
      });
    });
    const asked = parse(
      'query Of($of: String, $after: String) { words(of: $of, after: $after) { nodes pageInfo { hasNextPage endCursor } } }',
    );
    const of = ref('a');
    const list = start(() =>
      usePages(
        asked as TypedDocumentNode<Answer, { of: string; after?: string | null }>,
        () => ({ of: of.value }),
        (data) => data.words,
      ),
    );
    await vi.waitFor(() => expect(list.nodes.value).toEqual(['a first']));
    const more = list.more();
    await vi.waitFor(() => expect(held).toHaveLength(1));
    of.value = 'b';
    held[0]?.();
    await more;
    await vi.waitFor(() => expect(list.nodes.value).toEqual(['b first']));
  });

  it('is whole without a click where something is chosen from it', async () => {
    serve([['a'], ['b'], ['c']]);
    const list = start(() =>
      useEveryPage(
        document,
        () => ({}),
        (data) => data.words,
      ),
    );
    await vi.waitFor(() => expect([list.nodes.value, list.isWhole.value]).toEqual([['a', 'b', 'c'], true]));
  });

  it('heals by itself where something is chosen from it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { faults } = serve([['a'], ['b']]);
    faults.add(1);
    const list = start(() =>
      useEveryPage(
        document,
        () => ({}),
        (data) => data.words,
      ),
    );
    await vi.waitFor(() => expect(list.laterProblem.value?.code).toBe('UNREACHABLE'));
    faults.clear();
    await vi.advanceTimersByTimeAsync(5_000);
    await vi.waitFor(() => expect([list.nodes.value, list.isWhole.value]).toEqual([['a', 'b'], true]));
  });
});

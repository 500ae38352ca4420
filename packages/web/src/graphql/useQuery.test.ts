import { parse } from 'graphql';
import type { TypedDocumentNode } from '@apollo/client/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, ref, type EffectScope } from 'vue';
import { leaveFirstPage } from '../first-page';
import { client } from './client';
import { isOutdated } from './outdated';
import { useQuery } from './useQuery';

type Answer = { readonly greeting: string };
const document = parse('query Greet($name: String!) { greeting(name: $name) }') as TypedDocumentNode<Answer, { name: string }>;

/** A network whose answers come when the test says so, in any order. */
function makeNetwork() {
  const waiting = new Map<string, (body: object) => void>();
  vi.stubGlobal('fetch', (_: string, init: { body: string }) => {
    const { variables } = JSON.parse(init.body) as { variables: { name: string } };
    return new Promise<Response>((resolve) => {
      waiting.set(variables.name, (body) => resolve(Response.json(body)));
    });
  });
  const isAsked = (name: string): boolean => waiting.has(name);
  return {
    isAsked,
    asked: (name: string) => vi.waitFor(() => expect(isAsked(name)).toBe(true)),
    answer: (name: string, body: object = { data: { greeting: `Hello ${name}` } }) => waiting.get(name)?.(body),
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
  await nextTick();
}

describe('a query', () => {
  let scope: EffectScope;
  beforeEach(() => void (scope = effectScope()));
  afterEach(async () => {
    scope.stop();
    await client.clearStore();
    vi.unstubAllGlobals();
  });

  it('is loading until its first answer is there', async () => {
    const network = makeNetwork();
    const query = scope.run(() => useQuery(document, () => ({ name: 'Ada' })));
    expect(query?.isLoading.value).toBe(true);
    await network.asked('Ada');
    network.answer('Ada');
    await settle();
    expect([query?.isLoading.value, query?.data.value]).toEqual([false, { greeting: 'Hello Ada' }]);
  });

  it('keeps the old answer while the new one is on its way', async () => {
    const network = makeNetwork();
    const name = ref('Ada');
    const query = scope.run(() => useQuery(document, () => ({ name: name.value })));
    await network.asked('Ada');
    network.answer('Ada');
    await settle();
    name.value = 'Bob';
    await network.asked('Bob');
    expect([query?.isStale.value, query?.data.value?.greeting]).toEqual([true, 'Hello Ada']);
    network.answer('Bob');
    await settle();
    expect([query?.isStale.value, query?.data.value?.greeting]).toEqual([false, 'Hello Bob']);
  });

  it('never lets a stale answer overwrite a newer one', async () => {
    const network = makeNetwork();
    const name = ref('slow');
    const query = scope.run(() => useQuery(document, () => ({ name: name.value })));
    await network.asked('slow');
    name.value = 'quick';
    await network.asked('quick');
    network.answer('quick');
    await settle();
    network.answer('slow');
    await settle();
    expect(query?.data.value?.greeting).toBe('Hello quick');
  });

  it('does not show an answer whose question was changed a moment before', async () => {
    const tasks: (() => void)[] = [];
    vi.stubGlobal('scheduler', { yield: () => new Promise<void>((resolve) => tasks.push(resolve)) });
    const network = makeNetwork();
    const name = ref('first');
    const query = scope.run(() => useQuery(document, () => ({ name: name.value })));
    const giveTurnsUntilAsked = (one: string) =>
      vi.waitFor(() => {
        tasks.splice(0).forEach((run) => run());
        expect(network.isAsked(one)).toBe(true);
      });
    await giveTurnsUntilAsked('first');
    network.answer('first');
    await vi.waitFor(() => expect(tasks).toHaveLength(1)); // the answer is there and waits for its turn
    name.value = 'second';
    await vi.waitFor(() => expect(tasks).toHaveLength(2));
    await giveTurnsUntilAsked('second');
    await settle();
    expect([query?.isLoading.value, query?.data.value]).toEqual([true, null]);
  });

  it('does not send a question that was changed before its turn', async () => {
    const tasks: (() => void)[] = [];
    vi.stubGlobal('scheduler', { yield: () => new Promise<void>((resolve) => tasks.push(resolve)) });
    const network = makeNetwork();
    const name = ref('first');
    scope.run(() => useQuery(document, () => ({ name: name.value })));
    tasks.shift()?.(); // the question is made
    await vi.waitFor(() => expect(tasks).toHaveLength(1)); // and waits to be sent
    name.value = 'second';
    await vi.waitFor(() => {
      tasks.splice(0).forEach((run) => run());
      expect(network.isAsked('second')).toBe(true);
    });
    expect(network.isAsked('first')).toBe(false);
  });

  it('shows at once what is known, from the second page on', async () => {
    const network = makeNetwork();
    const first = scope.run(() => useQuery(document, () => ({ name: 'Ada' })));
    await network.asked('Ada');
    network.answer('Ada');
    await settle();
    leaveFirstPage();
    const second = scope.run(() => useQuery(document, () => ({ name: 'Ada' })));
    expect([first, second].map((query) => query?.data.value?.greeting)).toEqual(['Hello Ada', 'Hello Ada']);
  });

  it('asks nothing while its variables are null', async () => {
    makeNetwork();
    const query = scope.run(() => useQuery(document, () => null));
    await settle();
    expect([query?.isLoading.value, query?.data.value]).toEqual([false, null]);
  });

  it('forgets its answer when its variables become null, and takes none that is still on its way', async () => {
    const network = makeNetwork();
    const name = ref<string | null>('Ada');
    const query = scope.run(() => useQuery(document, () => (name.value === null ? null : { name: name.value })));
    await network.asked('Ada');
    network.answer('Ada');
    await settle();
    name.value = 'Bob';
    await network.asked('Bob');
    name.value = null;
    await settle();
    const seen = () => [query?.data.value, query?.isLoading.value, query?.isStale.value, query?.problem.value];
    expect(seen()).toEqual([null, false, false, null]);
    network.answer('Bob');
    await settle();
    expect(seen()).toEqual([null, false, false, null]);
    name.value = 'Eve';
    await network.asked('Eve');
    expect(query?.isLoading.value).toBe(true);
    network.answer('Eve');
    await settle();
    expect(query?.data.value?.greeting).toBe('Hello Eve');
  });

  it('tells a failure in words, with the request id', async () => {
    const network = makeNetwork();
    const query = scope.run(() => useQuery(document, () => ({ name: 'Ada' })));
    await network.asked('Ada');
    network.answer('Ada', { data: null, errors: [{ message: 'It broke.', extensions: { code: 'INTERNAL', requestId: 'R1' } }] });
    await settle();
    expect(query?.problem.value).toEqual({ code: 'INTERNAL', message: 'It broke.', requestId: 'R1', isNetwork: false });
  });

  it('that fails later keeps its answer, says that it may be old, and is asked again until it is not', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const network = makeNetwork();
    const query = scope.run(() => useQuery(document, () => ({ name: 'Ada' })));
    const turn = () => vi.advanceTimersByTimeAsync(10);
    await turn();
    network.answer('Ada');
    await turn();
    query?.refetch();
    await turn();
    network.answer('Ada', { data: null, errors: [{ message: 'It broke.', extensions: { code: 'INTERNAL' } }] });
    await turn();
    expect([query?.data.value?.greeting, query?.problem.value, isOutdated.value]).toEqual(['Hello Ada', null, true]);
    await vi.advanceTimersByTimeAsync(2_100);
    network.answer('Ada', { data: { greeting: 'Hello again' } });
    await turn();
    expect([query?.data.value?.greeting, isOutdated.value]).toEqual(['Hello again', false]);
    vi.useRealTimers();
  });

  it('that goes on failing is asked again ever more seldom, and is called old all the while', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const network = makeNetwork();
    const query = scope.run(() => useQuery(document, () => ({ name: 'Ada' })));
    await vi.advanceTimersByTimeAsync(10);
    network.answer('Ada');
    await vi.advanceTimersByTimeAsync(10);
    let asked = 0;
    vi.stubGlobal('fetch', () => {
      asked += 1;
      return Promise.reject(new TypeError('network'));
    });
    query?.refetch();
    const seen = new Set<boolean>();
    for (let second = 0; second < 120; second += 1) {
      await vi.advanceTimersByTimeAsync(1_000);
      seen.add(isOutdated.value);
    }
    expect([...seen]).toEqual([true]);
    expect(asked).toBeLessThan(10);
    expect(asked).toBeGreaterThan(3);
    vi.useRealTimers();
  });

  it.each(['FORBIDDEN', 'NOT_FOUND'])('that is refused later with %s keeps nothing: it is not for this viewer any more', async (code) => {
    const network = makeNetwork();
    const query = scope.run(() => useQuery(document, () => ({ name: 'Ada' })));
    await network.asked('Ada');
    network.answer('Ada');
    await settle();
    query?.refetch();
    await settle();
    network.answer('Ada', { data: null, errors: [{ message: 'No.', extensions: { code } }] });
    await settle();
    expect([query?.problem.value?.code, isOutdated.value]).toEqual([code, false]);
  });

  it('for another question that fails never shows the answer to the one before', async () => {
    const network = makeNetwork();
    const name = ref('Ada');
    const query = scope.run(() => useQuery(document, () => ({ name: name.value })));
    await network.asked('Ada');
    network.answer('Ada');
    await settle();
    name.value = 'Bob';
    await network.asked('Bob');
    network.answer('Bob', { data: null, errors: [{ message: 'It broke.', extensions: { code: 'INTERNAL' } }] });
    await settle();
    expect(query?.problem.value?.code).toBe('INTERNAL');
  });
});

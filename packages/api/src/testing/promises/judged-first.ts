import type { Harness } from '../harness.js';

/** Which decision all of them wait for, and how many they are. */
interface Race {
  readonly judge: 'decide' | 'decideShared';
  readonly count: number;
}

/**
 * Has all who ask be judged before anybody's download is counted, however fast one engine or another is: what holds the limit
 * then is the count alone.
 */
export async function judgedFirst<T>({ app }: Harness, { judge, count }: Race, ask: () => Promise<T>): Promise<T> {
  const { access } = app.features;
  const decide = access[judge] as (...asked: unknown[]) => Promise<unknown>; // called with what its own callers give
  let judged = 0;
  let allAreJudged: () => void = () => undefined;
  const everybody = new Promise<void>((resolve) => (allAreJudged = resolve));
  const decideTogether = async (...asked: unknown[]): Promise<unknown> => {
    const decision = await decide.apply(access, asked);
    judged += 1;
    if (judged === count) allAreJudged();
    await everybody;
    return decision;
  };
  Object.assign(access, { [judge]: decideTogether });
  try {
    return await ask();
  } finally {
    Object.assign(access, { [judge]: decide });
  }
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PublicFault } from '../../kernel/faults.js';
import { LIMITS } from '../../kernel/limits.js';
import { TestClock } from '../../testing/clock.js';
import { TEST_DIALECTS, type TestDatabase } from '../../testing/databases.js';
import { GuessThrottle, type Guess } from './guess-throttle.js';

const GUESSES = process.env['PROVE'] ? 1_000 : 100;
const MOST = LIMITS.failedGuesses.most;

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('wrong guesses on $name', ({ create }) => {
  let test: TestDatabase;
  let throttle: GuessThrottle;
  let clock: TestClock;
  beforeAll(async () => {
    test = await create();
    clock = new TestClock();
    throttle = new GuessThrottle(test.database, clock);
  });
  afterAll(() => test.drop());

  /** @returns how many of the guesses were looked at */
  async function countEvaluated(guessOf: (index: number) => Guess): Promise<number> {
    let evaluated = 0;
    for (let index = 0; index < GUESSES; index += 1) {
      const look = async () => {
        evaluated += 1;
        return null;
      };
      await throttle.judge(guessOf(index), look).catch((error: unknown) => {
        if (!(error instanceof PublicFault)) throw error;
      });
    }
    return evaluated;
  }

  const hex = (index: number): string => index.toString(16);
  const TABLE: readonly (readonly [what: string, guessOf: (index: number) => Guess])[] = [
    ['keys from one address', () => ({ address: '203.0.113.1' })],
    ['keys from one IPv4 address, written as IPv6 in turn', (index) => ({ address: index % 2 ? '203.0.113.2' : '::ffff:cb00:7102' })],
    ['keys from one /64', (index) => ({ address: `2001:db8:a:1::${hex(index + 1)}` })],
    ['keys from one /48, each from another /64', (index) => ({ address: `2001:db8:b:${hex(index)}::1` })],
    [
      'passwords from one /48, each for another account',
      (index) => ({ address: `2001:db8:c:${hex(index)}::1`, account: `a${index}@b.example` }),
    ],
    ['passwords for one account from everywhere', (index) => ({ address: `2001:db9:${hex(index)}::1`, account: 'one@b.example' })],
    [
      'passwords for one account in every spelling',
      (index) => ({
        address: `2001:dba:${hex(index)}::1`,
        account: ['two@b.example', ' TWO@b.example', 'Two@B.Example\t', '\u00a0two@b.example\n'][index % 4] ?? '',
      }),
    ],
  ];

  it.each(TABLE)(`of ${GUESSES} %s at most ${MOST} are looked at`, async (_what, guessOf) => {
    expect(await countEvaluated(guessOf)).toBe(MOST);
    clock.advance({ seconds: 15 * 60 + 1 });
    expect(await countEvaluated(guessOf)).toBe(MOST);
  });

  it('from one site do not block its neighbours', async () => {
    await countEvaluated((index) => ({ address: `2001:db8:d:${hex(index)}::1` }));
    expect(await throttle.judge({ address: '2001:db8:e::1' }, async () => 'right')).toBe('right');
  });
});

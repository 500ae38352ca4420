import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toSqlInstant } from '../../database/instants.js';
import { PublicFault } from '../../kernel/problem/faults.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { Secrets } from '../../kernel/secret/secrets.js';
import { TestClock } from '../../testing/clock.js';
import { TEST_DIALECTS, type TestDatabase } from '../../testing/databases.js';
import { countGuess, MAX_BEYOND, peekGuess } from './guess-ledger.js';
import { GuessThrottle, type PasswordGuess } from './guess-throttle.js';

const GUESSES = process.env['PROVE'] ? 1_000 : 100;
const MOST = LIMITS.failedGuesses.most;
const WINDOW_SECONDS = 15 * 60;

type Guess = { readonly address: string | null } & Partial<PasswordGuess>;

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('wrong guesses on $name', ({ create }) => {
  let test: TestDatabase;
  let throttle: GuessThrottle;
  let clock: TestClock;
  let looked = 0;
  beforeAll(async () => {
    test = await create();
    clock = new TestClock();
    throttle = new GuessThrottle(test.database, clock, new Secrets('a secret for tests only, of forty characters'));
  });
  afterAll(() => test.drop());

  /** Guesses once. @returns whether it was judged, or refused unseen */
  async function isJudged(guess: Guess, secret: string): Promise<boolean> {
    const look = async () => {
      looked += 1;
      return null;
    };
    const verdict =
      guess.account === undefined
        ? throttle.judgeKey({ address: guess.address, keyHash: secret }, null)
        : throttle.judgePassword({ account: guess.account, password: secret, passwordHash: '', deviceId: null, ...guess }, look);
    return verdict.then(
      () => true,
      (error: unknown) => {
        if (error instanceof PublicFault && error.code === 'RATE_LIMITED') return false;
        throw error;
      },
    );
  }

  /** @returns how many of the guesses, each another secret, were judged */
  async function countJudged(guessOf: (index: number) => Guess): Promise<number> {
    let judged = 0;
    for (let index = 0; index < GUESSES; index += 1) if (await isJudged(guessOf(index), `secret ${index}`)) judged += 1;
    return judged;
  }

  const admit = (address: string | null, keyHash: string): Promise<string | null> =>
    throttle.judgeKey({ address, keyHash }, { value: 'right', isGenerated: false });

  const admitWeak = (address: string, keyHash: string): Promise<string | null> =>
    throttle.judgeKey({ address, keyHash }, { value: 'right', isGenerated: false, isWeak: true });

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

  it.each(TABLE)(`of ${GUESSES} different %s at most ${MOST} are looked at`, async (_what, guessOf) => {
    expect(await countJudged(guessOf)).toBe(MOST);
    clock.advance({ seconds: WINDOW_SECONDS + 1 });
    expect(await countJudged(guessOf)).toBe(MOST);
  });

  it('from a device that is known for the account get as many again, and then no more', async () => {
    const guessOf = (): Guess => ({ address: '203.0.113.9', account: 'three@b.example', deviceId: 'a device' });
    expect(await countJudged(guessOf)).toBe(2 * MOST);
  });

  it('in every spelling of an address are those of one account, from a device that is known, too', async () => {
    const spelled = (index: number): string => ['eight@b.example', ' EIGHT@b.example', 'Eight@B.Example\t'][index % 3] ?? '';
    const device = { address: '203.0.113.10', deviceId: 'another device' };
    expect(await countJudged((index) => ({ ...device, account: spelled(index) }))).toBe(2 * MOST);
    looked = 0;
    for (let index = 0; index < 6; index += 1)
      expect(await isJudged({ address: '203.0.113.11', account: spelled(index).replace(/eight/i, 'nine') }, 'the same')).toBe(true);
    expect(looked).toBe(1);
  });

  it('from one site do not block its neighbours', async () => {
    await countJudged((index) => ({ address: `2001:db8:d:${hex(index)}::1` }));
    expect(await admit('2001:db8:e::1', 'a neighbour’s key')).toBe('right');
  });

  it.each([
    ['key', { address: '203.0.113.20' }],
    ['password', { address: '203.0.113.21', account: 'four@b.example' }],
  ] as const)('the same wrong %s again is one failure, however often it comes, and a full address judges it too', async (_what, guess) => {
    looked = 0;
    for (let index = 0; index < GUESSES; index += 1) expect(await isJudged(guess, 'the same')).toBe(true);
    expect(looked).toBe('account' in guess ? 1 : 0);
    expect(await countJudged(() => guess)).toBe(MOST - 1);
    expect(await isJudged(guess, 'the same')).toBe(true);
    expect(await isJudged(guess, 'another')).toBe(false);
  });

  it('a password that was wrong is looked at again when the account has another one now', async () => {
    const guess = { address: '203.0.113.22', account: 'five@b.example', password: 'new', deviceId: null };
    expect(await throttle.judgePassword({ ...guess, passwordHash: 'old hash' }, async () => null)).toBeNull();
    expect(await throttle.judgePassword({ ...guess, passwordHash: 'new hash' }, async () => 'right')).toBe('right');
  });

  it('wrong keys do not count against passwords, nor passwords against keys', async () => {
    const [keys, passwords] = [{ address: '203.0.113.30' }, { address: '203.0.113.31', account: 'six@b.example' }];
    await Promise.all([countJudged(() => keys), countJudged(() => passwords)]);
    expect(await isJudged({ ...keys, account: 'seven@b.example' }, 'any')).toBe(true);
    expect(await isJudged({ address: passwords.address }, 'any')).toBe(true);
  });

  it('a right key of the vendor’s own passes a full address where it was accepted in the last 90 days, and nowhere else', async () => {
    const [here, there] = ['203.0.113.40', '2001:db8:f:1::1'];
    expect(await admit(here, 'own')).toBe('right');
    await countJudged(() => ({ address: here }));
    await countJudged(() => ({ address: there }));
    expect(await admit(here, 'own')).toBe('right');
    await expect(admit(here, 'another own')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(admit(there, 'own')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    clock.advance({ seconds: 91 * 86_400 });
    await throttle.forget();
    await countJudged(() => ({ address: here }));
    await expect(admit(here, 'own')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('a weak key passes below the limit alone, also where it was accepted before', async () => {
    const here = '203.0.113.45';
    expect(await admitWeak(here, 'weak')).toBe('right');
    await countJudged(() => ({ address: here }));
    await expect(admitWeak(here, 'weak')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    clock.advance({ seconds: WINDOW_SECONDS });
    expect(await admitWeak(here, 'weak')).toBe('right');
  });

  it('a known key cannot be guessed from where it is known: far beyond the limit it passes there no more, until the window ends', async () => {
    const here = '203.0.113.41';
    expect(await admit(here, 'own')).toBe('right');
    await countJudged(() => ({ address: here }));
    expect(await admit(here, 'own')).toBe('right');
    const beyondRows = () =>
      test.database.query<{ failures: number }>(`SELECT failures FROM sign_in_failure WHERE bucket LIKE 'beyond %' ORDER BY failures DESC`);
    // The same wrong keys again are no others.
    const [{ failures } = { failures: 0 }] = await beyondRows();
    await countJudged(() => ({ address: here }));
    expect((await beyondRows())[0]?.failures).toBe(failures);
    await test.database.transaction((tx) =>
      tx.execute(`UPDATE sign_in_failure SET failures = ? WHERE bucket LIKE 'beyond %'`, [MAX_BEYOND - 1]),
    );
    expect(await admit(here, 'own')).toBe('right');
    expect(await isJudged({ address: here }, 'the last')).toBe(false);
    await expect(admit(here, 'own')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    clock.advance({ seconds: WINDOW_SECONDS + 1 });
    expect(await admit(here, 'own')).toBe('right');
  });

  it('who is refused waits for the last of all full limits, whichever was found first, and is told the same before and after', async () => {
    const account = 'eight@b.example';
    await countJudged(() => ({ address: '203.0.113.60', account }));
    clock.advance({ seconds: 300 });
    await countJudged((index) => ({ address: '203.0.113.61', account: `e${index}@b.example` }));
    const guess = { address: '203.0.113.61', account, passwordHash: '', deviceId: null };
    const refuse = (password: string) => throttle.judgePassword({ ...guess, password }, async () => null);
    for (const password of ['another', 'another', 'a third'])
      await expect(refuse(password)).rejects.toMatchObject({ extensions: { retryAfterSeconds: expect.toSatisfy((s: number) => s > 850) } });
    // A guess that was counted in one of two that are full by now.
    await test.database.transaction((tx) => countGuess(tx, ['a', 'b'], { hash: 'h', now: clock.now() }));
    await test.database.transaction((tx) => tx.execute(`UPDATE sign_in_failure SET failures = ? WHERE bucket IN ('a', 'b')`, [MOST]));
    await test.database.transaction((tx) => tx.execute(`DELETE FROM wrong_guess WHERE bucket = 'b'`));
    const early = new Date(clock.now().getTime() - 600_000);
    await test.database.transaction((tx) =>
      tx.execute(`UPDATE sign_in_failure SET window_started_at = ? WHERE bucket = 'b'`, [toSqlInstant(early)]),
    );
    const now = clock.now();
    for (const count of [
      () => peekGuess(test.database, ['b', 'a'], { hash: 'h', now }),
      () => test.database.transaction((tx) => countGuess(tx, ['b', 'a'], { hash: 'h', now })),
    ])
      await expect(count()).rejects.toMatchObject({ extensions: { retryAfterSeconds: expect.toSatisfy((s: number) => s > 850) } });
  });

  it('nothing counts against nobody’s address, and an account counts its own guesses all the same', async () => {
    expect(await countJudged(() => ({ address: null }))).toBe(GUESSES);
    expect(await countJudged((index) => ({ address: null, account: `n${index}@b.example` }))).toBe(GUESSES);
    expect(await admit(null, 'an own key')).toBe('right');
    expect(await countJudged(() => ({ address: null, account: 'nobody@b.example' }))).toBe(MOST);
    expect(await test.database.query(`SELECT * FROM accepted_key WHERE key_hash = 'an own key'`)).toEqual([]);
  });

  it('a key of our own making passes everywhere and is counted nowhere', async () => {
    await countJudged(() => ({ address: '203.0.113.50' }));
    expect(await throttle.judgeKey({ address: '203.0.113.50', keyHash: 'made' }, { value: 'right', isGenerated: true })).toBe('right');
  });

  it('leave nothing behind when their window and the 90 days are over', async () => {
    clock.advance({ seconds: 91 * 86_400 });
    await throttle.forget();
    for (const table of ['wrong_guess', 'sign_in_failure', 'accepted_key'])
      expect(await test.database.query(`SELECT * FROM ${table}`), table).toEqual([]);
  });
});

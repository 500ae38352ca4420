import { describe, expect, it } from 'vitest';
import { questionOf } from './update-question';
import { factsOf, verdictOf, type CheckedUpdate, type NewestRelease } from './update-text';

const CHANNELS = [
  { name: 'stable', includes: [] },
  { name: 'beta', includes: ['stable'] },
];
const release = (version: string): NonNullable<CheckedUpdate['release']> => ({
  id: version,
  version,
  name: null,
  channel: 'stable',
  summary: null,
  isSecurityFix: false,
  date: '2026-03-01',
  publishedAt: null,
  notes: '',
  assets: [],
});
const checked = (change: Partial<CheckedUpdate> = {}): CheckedUpdate => ({
  status: 'UP_TO_DATE',
  latestVersion: null,
  current: { version: '2.3.0', isRelease: true, isWithdrawn: false, withdrawReason: null },
  release: null,
  refusedVersion: null,
  refusal: null,
  ...change,
});
const offered = checked({ status: 'UPDATE_AVAILABLE', latestVersion: '2.4.0', release: release('2.4.0') });
const refused = checked({
  status: 'NOT_ALLOWED',
  latestVersion: '2.3.0',
  refusedVersion: '2.4.0',
  refusal: {
    code: 'UPDATES_EXPIRED',
    message: 'Your updates ended on 2026-01-31 and this release is from 2026-03-01: renew to get it.',
    params: {},
    remedy: 'RENEW',
  },
});
const newest = (version: string, channel = 'stable', platform: NewestRelease['platform'] = 'WINDOWS'): NewestRelease => ({
  channel,
  platform,
  downloadable: { id: version, version },
});

/** "Newest release: 2.4.0, offered", a line for each reason. */
function why(answer: CheckedUpdate, releases: readonly NewestRelease[], asked: Readonly<Record<string, string>> = {}): readonly string[] {
  const question = questionOf({ product: 'aurora', version: answer.current.version, ...asked });
  return factsOf(answer, { question, channels: CHANNELS, newest: releases }).map(({ label, text, more }) =>
    [`${label}: ${text}`, more].filter(Boolean).join(' | '),
  );
}

describe('the verdict', () => {
  it.each([
    [offered, '2.4.0 is offered', 'good'],
    [checked(), 'Up to date', 'plain'],
    [refused, 'Not allowed: updates ended before this release', 'bad'],
  ])('is said first', (answer, text, tone) => expect(verdictOf(answer)).toEqual({ text, tone, instead: null }));

  it('names what the license covers where the newest is not allowed', () => {
    expect(verdictOf({ ...refused, release: release('2.3.9') }).instead).toBe('2.3.9 is offered instead');
  });
});

describe('why', () => {
  it('names the newest release, and the newest that the license covers', () => {
    expect(why(offered, [newest('2.4.0'), newest('2.2.0', 'stable', 'LINUX')])).toEqual([
      'Installed: 2.3.0, a release | Compared in full.',
      'Newest release: 2.4.0, offered',
      'Newest allowed: 2.4.0, offered',
    ]);
  });

  it('repeats a refusal as the program reads it, with its dates as people write them', () => {
    expect(why(refused, [newest('2.4.0')]).slice(1)).toEqual([
      'Newest release: 2.4.0, not allowed | “Your updates ended on Jan 31, 2026 and this release is from Mar 1, 2026: renew to get it.”',
      'Newest allowed: 2.3.0, not newer than what is installed',
    ]);
  });

  it('tells the newest release from the newest that fits', () => {
    expect(why(refused, [newest('2.4.0'), newest('3.0.0-beta.1', 'beta')]).map((line) => line.split(':')[0])).toEqual([
      'Installed',
      'Newest release',
      'Newest that fits',
      'Newest allowed',
    ]);
  });

  it.each([
    ['beta', {}, 'It is on the channel beta, which stable does not include.'],
    ['stable', { constraint: '2' }, 'The constraint 2 keeps it out.'],
    ['stable', { platform: 'linux' }, 'It has no file for Linux.'],
    ['stable', { platform: 'windows', architecture: 'arm64' }, 'It has no file with which a program updates itself for Windows (Arm64).'],
    ['beta', { channel: 'beta' }, 'It has no file with which a program updates itself.'],
  ])('a newer release on %s is not what %j asks for', (channel, asked, reason) => {
    const found = why(checked({ latestVersion: '2.3.0' }), [newest('2.3.0'), newest('3.0.0', channel)], asked);
    expect(found[1]).toBe(`Newest release: 3.0.0, not asked for | ${reason}`);
  });

  it.each([
    ['2.3', 'Only the numbers that it gives count: 2.3.1 would not be newer.'],
    ['2', 'Only the numbers that it gives count: 2.1 would not be newer.'],
    ['2.3.0-rc.1', 'Compared in full.'],
    ['2.3.0.9', 'Compared in full.'],
  ])('%s, which is no release, is compared by what it gives', (version, how) => {
    const current = { version, isRelease: false, isWithdrawn: false, withdrawReason: null };
    expect(why(checked({ current }), [])[0]).toBe(`Installed: ${version}, not a release that this program can see | ${how}`);
  });

  it('says that the installed release was withdrawn, and why', () => {
    const current = { version: '2.3.0', isRelease: true, isWithdrawn: true, withdrawReason: 'It loses files.' };
    expect(why(checked({ current }), [newest('2.3.0')])).toEqual([
      'Installed: 2.3.0, which was withdrawn | “It loses files.” Its users should update.',
      'Newest release: 2.3.0, not newer than what is installed',
      'Newest allowed: None',
    ]);
  });
});

/** Releases of the product that the cases ask about, with the computers that each has a file for. */
export const RELEASES = [
  ['0.9.0', '2022-01-01', ['windows-x64.exe', 'linux-x64.tar.gz', 'linux-arm64.tar.gz']],
  ['1.0', '2023-01-01', ['windows-x64.exe', 'linux-x64.tar.gz']],
  ['1.2', '2023-03-01', ['windows-x64.exe']],
  ['1.2.3.4', '2023-04-01', ['windows-x64.exe', 'linux-x64.tar.gz']],
  ['1.10.0', '2023-05-01', ['windows-x64.exe']],
  ['1.11', '2023-06-01', ['windows-x64.exe']],
  ['2.0-beta.2', '2023-07-01', ['windows-x64.exe']],
  ['2.0-beta.10', '2023-08-01', ['windows-x64.exe']],
  ['2.0', '2024-01-01', ['windows-x64.exe', 'windows-x64.exe.sig', 'linux-x64.tar.gz', 'macos-universal.dmg', 'symbols-linux-arm64.zip']],
  ['2.1', '2024-02-01', ['windows-x64.exe']],
  ['2.2-rc.1', '2024-03-01', ['windows-x64.exe']],
] as const;
export const ARCHIVED = '1.11';
export const WITHDRAWN = '2.1';
/** Nobody but staff knows of it. */
export const DRAFT = '3.0';

type Question = Readonly<Record<string, string>>;
const windows = (version: string, more: Question = {}): Question => ({ version, platform: 'windows', architecture: 'x64', ...more });

/** What a customer with betas is answered: the version to update to; null: nothing newer. */
export const ANSWERS: readonly (readonly [question: Question, version: string | null])[] = [
  // Complete, partial and unknown versions.
  [windows('0.9.0'), '2.0'],
  [windows('1.0'), '2.0'],
  [windows('v1.0'), '2.0'],
  [windows('1.0.0'), '2.0'],
  [windows('01.0'), '2.0'],
  [windows('1'), '2.0'],
  [windows('v1'), '2.0'],
  [windows('1.2'), '2.0'],
  [windows('1.99'), '2.0'],
  [windows('1.99.7'), '2.0'],
  [windows(ARCHIVED), '2.0'],
  [windows('2'), null],
  [windows('2.0'), null],
  [windows('v2.0.0'), null],
  [windows('2.0.0.0'), null],
  [windows('2.0.0.1'), null],
  [windows('2.0+build.7'), null],
  [windows('3'), null],
  [windows('9.9.9'), null],
  [windows('999999999999999999999999.0'), null],
  [windows(DRAFT), null],
  [windows(WITHDRAWN), null],
  [windows('2.2-rc.1'), null],
  // Prereleases are below their release, and numbers in them count as numbers.
  [windows('2.0-beta.2'), '2.0'],
  [windows('2.0-beta.10'), '2.0'],
  [windows('2.0-rc.1'), '2.0'],
  [windows('2.0-0'), '2.0'],
  [windows('2.1-alpha'), null],
  [windows('2.0-beta.2', { channel: 'beta' }), '2.2-rc.1'],
  [windows('2.0-beta.2', { channel: 'beta', constraint: '2.0.0' }), '2.0'],
  // Channels, with those that they include.
  [windows('2.0', { channel: 'stable' }), null],
  [windows('2.0', { channel: 'rc' }), '2.2-rc.1'],
  [windows('2.0', { channel: 'beta' }), '2.2-rc.1'],
  [windows('2.2-rc.1', { channel: 'beta' }), null],
  [windows('2.2-rc.0', { channel: 'beta' }), '2.2-rc.1'],
  [windows('2.2', { channel: 'beta' }), null],
  [windows('1.0', { channel: 'beta', constraint: '1' }), '1.10.0'],
  // How far to go.
  [windows('1.0', { constraint: '1' }), '1.10.0'],
  [windows('1.0', { constraint: 'v1' }), '1.10.0'],
  [windows('1.0', { constraint: '1.2' }), '1.10.0'],
  [windows('1.0', { constraint: '1.10' }), '1.10.0'],
  [windows('1.0', { constraint: '1.11' }), null],
  [windows('1.0', { constraint: '1.2.0' }), '1.2.3.4'],
  [windows('1.0', { constraint: '1.2.3' }), '1.2.3.4'],
  [windows('1.0', { constraint: '1.2.4' }), null],
  [windows('1.2', { constraint: '1.2.0' }), '1.2.3.4'],
  [windows('1.2.0', { constraint: '1.2.0' }), '1.2.3.4'],
  [windows('1.2.3', { constraint: '1.2.0' }), null],
  [windows('1.2.3.3', { constraint: '1.2.3' }), '1.2.3.4'],
  [windows('1.2.3.4', { constraint: '1.2.3' }), null],
  [windows('1.10.0', { constraint: '1' }), null],
  [windows('1.0', { constraint: '2' }), '2.0'],
  [windows('1.0', { constraint: '2.1' }), null],
  [windows('1.0', { constraint: '3' }), null],
  [windows('1.0', { constraint: '0' }), null],
  [windows('0.1', { constraint: '0' }), '0.9.0'],
  [windows('0.1', { constraint: '0.9' }), '0.9.0'],
  // Computers: the newest that has a file for it.
  [{ version: '1.0' }, '2.0'],
  [{ version: '1.0', platform: 'windows' }, '2.0'],
  [{ version: '1.0', platform: 'windows', architecture: 'arm64' }, '2.0'],
  [{ version: '1.0', platform: 'windows', architecture: 'x86' }, null],
  [{ version: '1.0', platform: 'linux', architecture: 'x64' }, '2.0'],
  [{ version: '0.1', platform: 'linux', architecture: 'arm64' }, '0.9.0'],
  [{ version: '0.9.0', platform: 'linux', architecture: 'arm64' }, null],
  [{ version: '1.0', platform: 'linux', architecture: 'x64', constraint: '1' }, '1.2.3.4'],
  [{ version: '1.0', platform: 'macos', architecture: 'arm64' }, '2.0'],
  [{ version: '1.0', platform: 'macos', architecture: 'x64' }, '2.0'],
  [{ version: '1.0', platform: 'android', architecture: 'arm64' }, null],
];

/** Names that only HTTP takes. */
export const ALIASES: readonly (readonly [question: Question, version: string | null])[] = [
  [{ version: '1.0', platform: 'win32', architecture: 'amd64' }, '2.0'],
  [{ version: '1.0', platform: 'win32-x64' }, '2.0'],
  [{ version: '1.0', platform: 'darwin-arm64' }, '2.0'],
  [{ version: '1.0', platform: 'Linux', architecture: 'x86_64' }, '2.0'],
  [{ version: '0.1', platform: 'linux-x64', architecture: 'aarch64' }, '0.9.0'],
  [{ version: ' 1.0 ', platform: '', architecture: '', channel: '', constraint: '' }, '2.0'],
];

/** Questions that cannot be read: the field, the rule that it breaks, and a word of the advice. */
export const UNREADABLE: readonly (readonly [question: Question, rule: string | null, advice: RegExp])[] = [
  [{ platform: 'windows' }, null, /version is missing/],
  [{ version: '' }, null, /version is missing/],
  [{ version: '1.0', product: '' }, null, /product is missing/],
  [{ version: 'nightly' }, 'VERSION_INVALID', /for example 1\.2/],
  [{ version: '1..2' }, 'VERSION_INVALID', /for example 1\.2/],
  [{ version: '1.2.3.4.5' }, 'VERSION_INVALID', /for example 1\.2/],
  [{ version: `1.0-${'x'.repeat(100)}` }, 'VERSION_TOO_LONG', /for example 1\.2/],
  [{ version: '1.0', constraint: '^1' }, 'CONSTRAINT_INVALID', /1 for the same major/],
  [{ version: '1.0', constraint: '1.2.3.4' }, 'CONSTRAINT_INVALID', /1 for the same major/],
  [{ version: '1.0', channel: 'nightly' }, 'VALUE_INVALID', /use stable, rc, beta or alpha/],
  [{ version: '1.0', platform: 'beos' }, 'VALUE_INVALID', /windows, macos, linux/],
  [{ version: '1.0', platform: 'linux', architecture: 'z80' }, 'VALUE_INVALID', /x64, arm64/],
  [{ version: '1.0', architecture: 'x64' }, null, /give platform, too/],
];

import type { AssetType, Distribution, Platform, VersionScheme } from '@slipway/shared';

/** A product of the sample vendor, with the files that each of its releases has. */
export interface SampleProduct {
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly versionScheme: VersionScheme;
  readonly distribution: Distribution;
  readonly platformNotes?: readonly { readonly platform: Platform; readonly requirements: string; readonly installNote?: string }[];
  /** `{v}` stands for the version. */
  readonly files: readonly { readonly name: string; readonly type?: AssetType }[];
  /** Oldest first. */
  readonly releases: readonly SampleRelease[];
}

export interface SampleRelease {
  readonly version: string;
  /** Days before the first start. */
  readonly daysAgo: number;
  readonly changelog: string;
  readonly summary?: string;
  readonly isSecurityFix?: boolean;
  /** PUBLISHED when absent. */
  readonly end?: SampleEnd;
}

/** How far a release of the sample has come in its life. REVISED: published, with a next revision open as a draft. */
export type SampleEnd = 'DRAFT' | 'SCHEDULED' | 'PUBLISHED' | 'REVISED' | 'ARCHIVED' | 'WITHDRAWN';

type SampleNotes = Pick<SampleRelease, 'changelog' | 'summary' | 'isSecurityFix'>;

const STUDIO_NOTES: readonly SampleNotes[] = [
  {
    summary: 'Timeline with multi-track snapping',
    changelog:
      '## New\n- Timeline with multi-track snapping\n- Export presets can be shared with a team\n\n## Fixed\n- Crash at start when no GPU is present',
  },
  {
    summary: 'Exports in half the time on Apple silicon',
    changelog:
      '## Faster\n- Export takes half the time on Apple silicon\n- Projects of more than 10,000 clips open at once\n\n| Project | Before | Now |\n| --- | --- | --- |\n| small | 2 s | 1 s |\n| large | 40 s | 6 s |',
  },
  {
    summary: 'Audio stays in step, the undo history survives a restart',
    changelog:
      '## Fixed\n- Audio drifted after 30 minutes\n- The undo history survives a restart\n- ~~Known issue with HDR previews~~ is gone',
  },
  {
    summary: 'A security fix in the image library',
    changelog: '## Security\n- Updates the image library: a crafted file could read outside its buffer. **Please update.**',
    isSecurityFix: true,
  },
  {
    summary: 'Color grading with scopes, and Windows on Arm',
    changelog:
      '## New\n- Color grading with scopes\n- Arm64 build for Windows\n\nSee the [migration guide](https://example.com/migrate) before you open old projects.',
  },
];

const CLI_NOTES: readonly SampleNotes[] = [
  { summary: 'Compares two builds', changelog: '## New\n- `borealis diff` compares two builds\n- Shell completion for bash, zsh and fish' },
  {
    summary: 'Exit codes as documented',
    changelog: '## Fixed\n- Exit code 2 for usage errors, as documented\n- Progress is shown only on a terminal',
  },
  {
    summary: 'JSON output for every command',
    changelog: '## New\n- `--json` for every command\n\n```sh\nborealis list --json | jq .\n```',
  },
  {
    summary: 'Configuration in its usual place',
    changelog: '## Changed\n- Configuration is read from `~/.config/borealis`; the old place still works and warns',
  },
];

const DRIVER_NOTES: readonly SampleNotes[] = [
  { summary: 'No more blue screen after hibernation', changelog: '## Fixed\n- Blue screen after hibernation on some laptops' },
  { summary: 'Supports the 2026 device family', changelog: '## New\n- Supports the 2026 device family' },
  { summary: 'Lower latency at 192 kHz', changelog: '## Fixed\n- Lower latency at 192 kHz\n- Signed for the newest kernel policy' },
];

/** Versions whose life went on after their publish. */
const ENDS: Readonly<Record<string, SampleEnd>> = { '1.8.0': 'ARCHIVED', '1.8.1': 'ARCHIVED', '2.3.0': 'WITHDRAWN', '2.4.0': 'REVISED' };

function releases(versions: readonly string[], notes: readonly SampleNotes[], daysApart: number): SampleRelease[] {
  return versions.map((version, index) => ({
    version,
    daysAgo: (versions.length - 1 - index) * daysApart + 3,
    ...(notes[index % notes.length] ?? { changelog: '' }),
    end: ENDS[version] ?? 'PUBLISHED',
  }));
}

/** The sample vendor's catalogue: three products, 43 releases in every state of their lives. */
export const SAMPLE_PRODUCTS: readonly SampleProduct[] = [
  {
    name: 'Aurora Studio',
    slug: 'aurora-studio',
    description: 'Video editing for small teams.',
    versionScheme: 'SEMVER',
    distribution: 'LICENSED',
    platformNotes: [
      { platform: 'WINDOWS', requirements: 'Windows 10 or newer', installNote: 'Projects and settings are kept.' },
      { platform: 'MACOS', requirements: 'macOS 13 Ventura or newer' },
      { platform: 'LINUX', requirements: 'Ubuntu 22.04, Debian 12 or newer', installNote: 'Start it with aurora-studio.' },
    ],
    files: [
      { name: 'Aurora-{v}-Windows-x64.exe' },
      { name: 'Aurora-{v}-macOS-universal.dmg' },
      { name: 'aurora_{v}_amd64.deb' },
      { name: 'aurora_{v}_arm64.deb' },
      { name: 'Aurora-{v}-x86_64.AppImage' },
    ],
    releases: [
      ...releases(
        [
          '1.8.0',
          '1.8.1',
          '1.9.0',
          '2.0.0-beta.1',
          '2.0.0-beta.2',
          '2.0.0-rc.1',
          '2.0.0',
          '2.0.1',
          '2.1.0',
          '2.1.1',
          '2.2.0',
          '2.3.0',
          '2.3.1',
          '2.4.0',
          '2.5.0-beta.1',
        ],
        STUDIO_NOTES,
        38,
      ),
      { version: '2.4.1', daysAgo: 0, changelog: '## Fixed\n- Crash when a second monitor is unplugged', end: 'DRAFT' },
      { version: '2.5.0-beta.2', daysAgo: 0, changelog: '- Second look at the new timeline', end: 'SCHEDULED' },
      { version: '2.6.0-alpha.1', daysAgo: 0, changelog: '', end: 'DRAFT' },
    ],
  },
  {
    name: 'Borealis CLI',
    slug: 'borealis-cli',
    description: 'Inspects and compares builds from the command line. Free for everyone.',
    versionScheme: 'ANY',
    distribution: 'OPEN',
    files: [
      { name: 'borealis-{v}-linux-x64.tar.gz' },
      { name: 'borealis-{v}-darwin-arm64.tar.gz' },
      { name: 'borealis-{v}-windows-x64.zip' },
    ],
    releases: [
      ...releases(
        ['0.9', '0.10', '1.0', '1.0.1', '1.1', '1.2', '1.2.1', '1.3', '1.3.1', '1.4', '1.5-beta.1', '1.5', '1.6', '1.6.1'],
        CLI_NOTES,
        31,
      ),
      { version: '1.7-alpha.1', daysAgo: 0, changelog: '- First look at parallel scans', end: 'DRAFT' },
    ],
  },
  {
    name: 'Comet Driver',
    slug: 'comet-driver',
    description: 'Audio driver for the Comet interfaces.',
    versionScheme: 'NUMERIC',
    distribution: 'LICENSED',
    files: [{ name: 'comet-driver-{v}-win64.msi' }, { name: 'comet-driver-{v}-manual.pdf', type: 'DOCUMENTATION' }],
    releases: [
      ...releases(['3.0.0.0', '3.0.1.0', '3.1.0.0', '3.1.0.2', '3.1.0.10', '3.2.0.0', '3.2.1.0', '3.3.0.0', '3.3.0.4'], DRIVER_NOTES, 55),
      { version: '3.4.0.0', daysAgo: 0, changelog: '## New\n- Prepares for the next device family', end: 'DRAFT' },
    ],
  },
];

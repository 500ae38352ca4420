/** An update check in words: the verdict first, then why. */
import {
  compareVersions,
  expandChannels,
  isUpdate,
  parseUpdateConstraint,
  parseVersion,
  satisfiesConstraint,
  targetLabel,
  type Channel,
  type Target,
  type UpdateResult,
} from '@slipway/shared';
import { CAUSES } from '../../messages/causes';
import { withReadableDates } from '../../ui/date-text';
import type { CheckUpdateQuery } from '../../graphql/documents.generated';
import type { UpdateQuestion } from './update-question';

export type CheckedUpdate = CheckUpdateQuery['updateCheck'];
type Tone = 'good' | 'bad' | 'plain';

export interface Verdict {
  readonly text: string;
  readonly tone: Tone;
  /** What the program gets all the same. */
  readonly instead: string | null;
}

export interface Fact {
  readonly label: string;
  readonly text: string;
  /** What goes on in muted ink. */
  readonly more?: string;
}

/** The newest release of a channel and platform. */
export interface NewestRelease {
  readonly channel: string;
  readonly platform: Target['platform'];
  readonly downloadable: { readonly id: string; readonly version: string };
}

/** What the answer is explained by. */
export interface Grounds {
  readonly question: UpdateQuestion;
  readonly channels: readonly Channel[];
  readonly newest: readonly NewestRelease[];
}

export function verdictOf({ status, release, refusal }: CheckedUpdate): Verdict {
  const offered = release && `${release.version} is offered`;
  if (refusal) return { text: `Not allowed: ${CAUSES[refusal.code]}`, tone: 'bad', instead: offered && `${offered} instead` };
  if (status === 'UPDATE_AVAILABLE' && offered) return { text: offered, tone: 'good', instead: null };
  return { text: 'Up to date', tone: 'plain', instead: null };
}

/** Each reason for the answer, in the order in which it came about. */
export function factsOf(checked: CheckedUpdate, grounds: Grounds): readonly Fact[] {
  const newest = highest(grounds.newest);
  const facts: Fact[] = [{ label: 'Installed', ...installedText(checked.current) }];
  facts.push({ label: 'Newest release', ...newestText(newest, checked, grounds) });
  if (checked.refusedVersion !== null && checked.refusedVersion !== newest?.downloadable.version)
    facts.push({ label: 'Newest that fits', ...refusedText(checked) });
  return [...facts, { label: 'Newest allowed', ...allowedText(checked) }];
}

type Words = Omit<Fact, 'label'>;

/** What is known of the installed version, and how it is compared. */
function installedText({ version, isRelease, isWithdrawn, withdrawReason }: UpdateResult['current']): Words {
  if (isWithdrawn)
    return { text: `${version}, which was withdrawn`, more: `${withdrawReason ? `“${withdrawReason}” ` : ''}Its users should update.` };
  if (isRelease) return { text: `${version}, a release`, more: 'Compared in full.' };
  const parsed = parseVersion(version);
  const isPartial = !parsed.ok || (parsed.value.prerelease.length === 0 && parsed.value.numbers.length < 4);
  return {
    text: `${version}, not a release that this program can see`,
    more: isPartial ? `Only the numbers that it gives count: ${version}.1 would not be newer.` : 'Compared in full.',
  };
}

const parsedOf = (version: string) => {
  const parsed = parseVersion(version);
  return parsed.ok ? parsed.value : null;
};

/** The highest version of all channels and platforms. */
function highest(newest: readonly NewestRelease[]): NewestRelease | null {
  return newest.reduce<NewestRelease | null>((best, one) => {
    const [mine, other] = [parsedOf(one.downloadable.version), best && parsedOf(best.downloadable.version)];
    return mine && (!other || compareVersions(mine, other) > 0) ? one : best;
  }, null);
}

function newestText(newest: NewestRelease | null, checked: CheckedUpdate, grounds: Grounds): Words {
  if (newest === null) return { text: 'None is published' };
  const { version } = newest.downloadable;
  if (version === checked.release?.version) return { text: `${version}, offered` };
  if (version === checked.refusedVersion) return refusedText(checked);
  const parsed = parsedOf(version);
  const newer = parsed && isUpdate({ text: checked.current.version, isKnownRelease: checked.current.isRelease }, parsed);
  if (!newer?.ok || !newer.value) return { text: `${version}, not newer than what is installed` };
  return { text: `${version}, not asked for`, more: whyNotAskedFor(newest, grounds) };
}

/** Why the newest release is none that the program asks for. */
function whyNotAskedFor({ channel, downloadable }: NewestRelease, { question, channels, newest }: Grounds): string {
  const followed = question.channel || (channels[0]?.name ?? '');
  const own = newest.filter((one) => one.downloadable.id === downloadable.id);
  if (!expandChannels(channels, [followed]).has(channel)) return `It is on the channel ${channel}, which ${followed} does not include.`;
  const version = parsedOf(downloadable.version);
  const limit = question.constraint.trim() === '' ? null : parseUpdateConstraint(question.constraint.trim());
  if (version && limit?.ok && !satisfiesConstraint(version, limit.value)) return `The constraint ${limit.value.raw} keeps it out.`;
  const { platform } = question;
  if (platform === '') return 'It has no file with which a program updates itself.';
  const fits = own.some((one) => one.platform === platform || one.platform === 'ALL');
  return `It has no file${fits ? ' with which a program updates itself' : ''} for ${computerText(question)}.`;
}

function refusedText({ refusedVersion, refusal }: CheckedUpdate): Words {
  return { text: `${refusedVersion ?? ''}, not allowed`, more: refusal ? `“${withReadableDates(refusal.message)}”` : '' };
}

function allowedText({ latestVersion, release }: CheckedUpdate): Words {
  if (latestVersion === null) return { text: 'None' };
  return { text: release === null ? `${latestVersion}, not newer than what is installed` : `${latestVersion}, offered` };
}

/** "Windows (x64)"; "any computer" where none is named. */
export function computerText({ platform, architecture }: UpdateQuestion): string {
  return platform === '' ? 'any computer' : targetLabel({ platform, architecture: architecture || null });
}

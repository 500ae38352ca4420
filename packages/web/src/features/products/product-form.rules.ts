import {
  checkChannels,
  checkName,
  checkParagraphs,
  checkSlug,
  DEFAULT_CHANNELS,
  type Channel,
  PLATFORM_LABELS,
  type Distribution,
  type Platform,
  type VersionScheme,
} from '@slipway/shared';
import type { ProductFieldsFragment } from '../../graphql/documents.generated';

export interface ProductValues {
  name: string;
  slug: string;
  description: string;
  versionScheme: VersionScheme;
  distribution: Distribution;
  channels: Channel[];
  platformNotes: NoteValues[];
}

export interface NoteValues {
  platform: Platform;
  requirements: string;
  installNote: string;
}

export type ProductMessages = Partial<Record<keyof ProductValues, string>>;

const NAME_MAX_LENGTH = 100;
const DESCRIPTION_MAX_LENGTH = 2000;
const NEEDS_MAX_LENGTH = 200;
const INSTALL_NOTE_MAX_LENGTH = 300;

export const VERSION_SCHEME_CHOICES: readonly { readonly value: VersionScheme; readonly label: string; readonly hint: string }[] = [
  { value: 'ANY', label: 'Any', hint: '2 to 4 numbers, with or without -beta: 1.2, 1.2.3.4, v3.0-beta.' },
  { value: 'SEMVER', label: 'Semantic', hint: 'Exactly three numbers, as SemVer 2.0.0 has it: 2.1.0, 2.1.0-rc.1.' },
  { value: 'NUMERIC', label: 'Numbers only', hint: '2 to 4 numbers and nothing else: 2026.11.21.' },
];

export const DISTRIBUTION_CHOICES: readonly { readonly value: Distribution; readonly label: string; readonly hint: string }[] = [
  { value: 'OPEN', label: 'Open', hint: 'Anyone downloads stable releases, without signing in.' },
  { value: 'LICENSED', label: 'Licensed', hint: 'Only customers with a license that covers the release.' },
  { value: 'CLOSED', label: 'Closed', hint: 'Nobody but your team; customers do not see it.' },
];

export function productValuesOf(existing: ProductFieldsFragment | null): ProductValues {
  return {
    name: existing?.name ?? '',
    slug: existing?.slug ?? '',
    description: existing?.description ?? '',
    versionScheme: existing?.versionScheme ?? 'ANY',
    distribution: existing?.distribution ?? 'LICENSED',
    platformNotes: (existing?.platformNotes ?? []).map(({ platform, requirements, installNote }) => ({
      platform,
      requirements: requirements ?? '',
      installNote: installNote ?? '',
    })),
    channels: (existing?.channels ?? DEFAULT_CHANNELS).map(({ name, includes }) => ({ name, includes: [...includes] })),
  };
}

/** Whether somebody may get something else by it: the order of channels alone changes nothing. */
export function changesAccess(before: readonly Channel[], after: readonly Channel[]): boolean {
  const text = (channels: readonly Channel[]): string =>
    JSON.stringify(
      channels
        .map(({ name, includes }) => [name, includes.toSorted()])
        .toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
    );
  return text(before) !== text(after);
}

/** The channels with one of them a place earlier (-1) or later (1); the same ones where there is no such place. */
export function moveChannel(channels: readonly Channel[], name: string, step: -1 | 1): Channel[] {
  const from = channels.findIndex((channel) => channel.name === name);
  const moved = channels[from];
  const to = from + step;
  if (!moved || to < 0 || to >= channels.length) return [...channels];
  return channels.toSpliced(from, 1).toSpliced(to, 0, moved);
}

/** A slug from a name: "Aurora Studio 2" becomes `aurora-studio-2`. */
export function slugFrom(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9\s_-]/g, '')
    .trim()
    .replace(/[\s_-]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 63)
    .replace(/-$/, '');
}

/** What the API would refuse, by field. */
export function checkProduct(values: ProductValues): ProductMessages {
  const problems = {
    name: checkName(values.name.trim(), { label: 'Name', maxLength: NAME_MAX_LENGTH })?.message,
    slug: checkSlug(values.slug)?.message,
    description: checkParagraphs(values.description, { label: 'The description', maxLength: DESCRIPTION_MAX_LENGTH })?.message,
    channels: checkChannels(values.channels)?.message,
    platformNotes: checkNotes(values.platformNotes),
  };
  return Object.fromEntries(Object.entries(problems).filter(([, message]) => message !== undefined));
}

/** The first text that breaks a rule; those that are empty are left out. */
function checkNotes(notes: readonly NoteValues[]): string | undefined {
  const problems = notes.flatMap(({ platform, requirements, installNote }) => {
    const where = PLATFORM_LABELS[platform];
    return [
      requirements.trim() && checkName(requirements.trim(), { label: `What ${where} needs`, maxLength: NEEDS_MAX_LENGTH }),
      installNote.trim() &&
        checkName(installNote.trim(), { label: `The sentence on installing for ${where}`, maxLength: INSTALL_NOTE_MAX_LENGTH }),
    ];
  });
  const [first] = problems.flatMap((problem) => problem || []);
  return first?.message;
}

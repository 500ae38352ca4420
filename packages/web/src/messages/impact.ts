/** What a change would do, in one line for staff. */
import { countText, numberText } from '../ui/date-text';

export type ImpactEffect = 'GAINS' | 'KEEPS' | 'LOSES' | 'STAYS_WITHOUT';
export type ImpactSums = Readonly<Record<ImpactEffect, number>>;

/**
 * What is changed: a release, which licenses get or lose, many of them, the channel of one that is edited, the channels of a product,
 * a license, which gets or loses releases, or many licenses, each of which gets or loses its newest version. ACCESS: who has a release as it is.
 */
export type ImpactSubject = 'RELEASE' | 'RELEASES' | 'CHANNEL' | 'CHANNELS' | 'LICENSE' | 'LICENSES' | 'ACCESS';

/** For example "312 licenses get it, 20 do not." @param sums what was counted so far */
export function impactSentence(subject: ImpactSubject, sums: ImpactSums): string {
  switch (subject) {
    case 'RELEASE':
      return ofRelease(sums);
    case 'RELEASES':
      return ofReleases(sums);
    case 'CHANNEL':
      return ofChannel(sums);
    case 'CHANNELS':
      return ofChannels(sums);
    case 'LICENSE':
      return ofLicense(sums);
    case 'LICENSES':
      return ofLicenses(sums);
    case 'ACCESS':
      return ofRelease({ GAINS: sums.GAINS + sums.KEEPS, KEEPS: 0, LOSES: 0, STAYS_WITHOUT: sums.LOSES + sums.STAYS_WITHOUT });
  }
}

function ofRelease({ GAINS: gains, KEEPS: keeps, LOSES: loses, STAYS_WITHOUT: without }: ImpactSums): string {
  if (gains + keeps + loses + without === 0) return 'No license is for this product.';
  const parts = [
    [gains, gains === 1 ? 'gets it' : 'get it'],
    [loses, loses === 1 ? 'loses it' : 'lose it'],
    [keeps, keeps === 1 ? 'keeps it' : 'keep it'],
    [without, gains > 0 ? (without === 1 ? 'does not' : 'do not') : 'did not have it'],
  ] as const;
  if (gains + loses + keeps === 0) return `No license gets it, of ${numberText(without)}.`;
  return listed(parts);
}

type Part = readonly [count: number, verb: string];

function listed(parts: readonly Part[]): string {
  const said = parts.filter(([count]) => count > 0);
  return `${said.map(([count, verb], index) => `${index === 0 ? countText(count, 'license') : numberText(count)} ${verb}`).join(', ')}.`;
}

function ofReleases({ GAINS: gains, KEEPS: keeps, LOSES: loses, STAYS_WITHOUT: without }: ImpactSums): string {
  if (gains + keeps + loses + without === 0) return 'No license is for these products.';
  if (gains + loses + keeps === 0) return `No license gets any of them, of ${numberText(without)}.`;
  return listed([
    [gains, gains === 1 ? 'gets at least one of them' : 'get at least one of them'],
    [loses, loses === 1 ? 'loses at least one of them' : 'lose at least one of them'],
    [keeps, keeps === 1 ? 'keeps what it has' : 'keep what they have'],
    [without, without === 1 ? 'has none of them' : 'have none of them'],
  ]);
}

function ofChannel({ GAINS: gains, KEEPS: keeps, LOSES: loses, STAYS_WITHOUT: without }: ImpactSums): string {
  const get = gains + keeps;
  if (get + loses + without === 0) return 'No license is for this product.';
  if (get + loses === 0) return 'No license gets it, on this channel or the one before.';
  if (gains + loses === 0) return `On this channel it reaches the same ${countText(get, 'license')} as before.`;
  const reached = get === 0 ? 'no license' : countText(get, 'license');
  const parts = [gains > 0 ? `${numberText(gains)} more` : null, loses > 0 ? `${numberText(loses)} fewer` : null];
  return `On this channel it reaches ${reached}: ${parts.filter((part) => part !== null).join(', ')} than before.`;
}

function ofChannels({ GAINS: gains, KEEPS: keeps, LOSES: loses, STAYS_WITHOUT: without }: ImpactSums): string {
  if (gains + loses === 0) return 'No license gains or loses a release.';
  return listed([
    [gains, gains === 1 ? 'gains releases' : 'gain releases'],
    [loses, loses === 1 ? 'loses releases' : 'lose releases'],
    [keeps, keeps === 1 ? 'keeps what it has' : 'keep what they have'],
    [without, without === 1 ? 'has none' : 'have none'],
  ]);
}

function ofLicense({ GAINS: gains, KEEPS: keeps, LOSES: loses, STAYS_WITHOUT: without }: ImpactSums): string {
  if (gains + keeps + loses + without === 0) return 'The product has no release yet.';
  if (gains + loses === 0)
    return keeps === 0 ? 'It has no release, before and after.' : `It keeps ${countText(keeps, 'release')}, and nothing changes.`;
  const parts = [
    [gains, 'gains'],
    [loses, 'loses'],
    [keeps, 'keeps'],
  ] as const;
  const said = parts.filter(([count]) => count > 0);
  return `It ${said.map(([count, verb], index) => `${verb} ${index === 0 ? countText(count, 'release') : numberText(count)}`).join(', ')}.`;
}

function ofLicenses({ GAINS: gains, KEEPS: keeps, LOSES: loses, STAYS_WITHOUT: without }: ImpactSums): string {
  if (gains + keeps + loses + without === 0) return 'No license matches.';
  const said = listed([
    [loses, loses === 1 ? 'loses its newest version' : 'lose their newest version'],
    [gains, gains === 1 ? 'gets a newer version' : 'get a newer version'],
    [keeps, keeps === 1 ? 'keeps its newest version' : 'keep their newest version'],
    [without, without === 1 ? 'has none' : 'have none'],
  ]);
  return gains + loses === 0 ? `No license gets or loses a version: ${said}` : said;
}

const GROUPS: Readonly<Record<ImpactSubject, Readonly<Record<ImpactEffect, string>>>> = {
  RELEASE: { GAINS: 'Get it', KEEPS: 'Keep it', LOSES: 'Lose it', STAYS_WITHOUT: 'Without it' },
  RELEASES: { GAINS: 'Get at least one', KEEPS: 'Keep theirs', LOSES: 'Lose at least one', STAYS_WITHOUT: 'Without them' },
  CHANNEL: { GAINS: 'Get it besides', KEEPS: 'Get it as before', LOSES: 'No longer get it', STAYS_WITHOUT: 'Without it' },
  CHANNELS: { GAINS: 'Gain releases', KEEPS: 'Keep theirs', LOSES: 'Lose releases', STAYS_WITHOUT: 'Without any' },
  ACCESS: { GAINS: 'Get it', KEEPS: 'Get it', LOSES: 'Without it', STAYS_WITHOUT: 'Without it' },
  LICENSES: {
    GAINS: 'Get a newer version',
    KEEPS: 'Keep their newest version',
    LOSES: 'Lose their newest version',
    STAYS_WITHOUT: 'Without any',
  },
  LICENSE: { GAINS: 'Gained', KEEPS: 'Kept', LOSES: 'Lost', STAYS_WITHOUT: 'Not covered' },
};

export const effectText = (subject: ImpactSubject, effect: ImpactEffect): string => GROUPS[subject][effect];

/** Changes that a menu tells of before they are made. */
export type NotedChange = 'PUBLISH' | 'UNPUBLISH' | 'ARCHIVE';

const NOTES: Readonly<
  Record<
    NotedChange,
    { readonly effect: ImpactEffect; readonly unknown: string; readonly one: string; readonly many: string; readonly none: string }
  >
> = {
  PUBLISH: { effect: 'GAINS', unknown: 'Those entitled to it get it', one: 'gets it', many: 'get it', none: 'No license gets it' },
  UNPUBLISH: { effect: 'LOSES', unknown: 'Customers no longer see it', one: 'loses it', many: 'lose it', none: 'No license loses it' },
  ARCHIVE: { effect: 'KEEPS', unknown: 'Those who have it keep it', one: 'keeps it', many: 'keep it', none: 'No license has it' },
};

/** For example "312 licenses keep it". @param counted null: not yet, or not to be known */
export function impactNote(change: NotedChange, counted: { readonly sums: ImpactSums; readonly isWhole: boolean } | null): string {
  const { effect, unknown, one, many, none } = NOTES[change];
  const count = counted?.sums[effect] ?? 0;
  if (counted === null || (count === 0 && !counted.isWhole)) return unknown;
  if (!counted.isWhole) return `${numberText(count)} or more licenses ${many}`;
  return count === 0 ? none : `${countText(count, 'license')} ${count === 1 ? one : many}`;
}

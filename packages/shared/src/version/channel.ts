/** Release channels: which a product has, what each includes, and which one a version belongs to (DESIGN.md, section 2). */
import { fail, ok, type Problem, type Result } from '../problem.js';
import { joinOr, quote } from '../text/quote.js';
import { type Version } from './version.js';

/** One channel of a product. Who has it also gets every channel in `includes`, and what those include. */
export interface Channel {
  readonly name: string;
  readonly includes: readonly string[];
}

/** The channel that every product has and every license without channels gets. */
export const STABLE_CHANNEL = 'stable';

/** Channels of a new product: cumulative, from the safest to the newest. */
export const DEFAULT_CHANNELS: readonly Channel[] = [
  { name: STABLE_CHANNEL, includes: [] },
  { name: 'rc', includes: [STABLE_CHANNEL] },
  { name: 'beta', includes: ['rc', STABLE_CHANNEL] },
  { name: 'alpha', includes: ['beta', 'rc', STABLE_CHANNEL] },
];

/** Names plus everything they include, directly or through others; circles and unknown names do no harm. */
export function expandChannels(channels: readonly Channel[], names: readonly string[]): ReadonlySet<string> {
  const found = new Set(names);
  // A Set visits what is added while it is walked, so this reaches the end of every chain exactly once.
  for (const name of found) {
    for (const included of channels.find((channel) => channel.name === name)?.includes ?? []) found.add(included);
  }
  return found;
}

/**
 * The channel of a version. Without a choice the prerelease decides (`-beta.2` is beta, none is stable); a choice wins
 * unless the prerelease names another channel of the product.
 * Problems: CHANNEL_UNKNOWN, CHANNEL_MISMATCH, CHANNEL_REQUIRED.
 */
export function resolveChannel(version: Version, chosen: string | null, channels: readonly Channel[]): Result<string> {
  const names = channels.map((channel) => channel.name);
  const named = channelNamedBy(version, names);
  if (chosen === null) {
    const meant = named ?? channelMeantBy(version, names);
    if (meant !== null) return ok(meant);
    return version.prerelease.length === 0 ? ok(STABLE_CHANNEL) : fail(choiceNeeded(version, names));
  }
  if (!names.includes(chosen)) {
    return fail({
      code: 'CHANNEL_UNKNOWN',
      message: `This product has no channel ${quote(chosen)}: choose ${joinOr(names)}.`,
      params: { channel: chosen },
    });
  }
  return named === null || named === chosen ? ok(chosen) : fail(mismatch(version, chosen, named));
}

/** Words of other projects for these channels, where the product has no channel of that name (DESIGN.md, section 2). */
const SYNONYMS: Readonly<Record<string, string>> = { preview: 'beta', pre: 'beta', eap: 'beta', m: 'alpha', cr: 'rc' };

/** The product's channel that the prerelease names: `beta`, `Beta.2`, `beta2` and `beta-2` all name beta. */
function channelNamedBy(version: Version, names: readonly string[]): string | null {
  for (const identifier of version.prerelease) {
    const word = identifier.toLowerCase();
    const bare = word.replace(/-?[0-9]+$/, '');
    const found = [word, bare].find((candidate) => names.includes(candidate));
    if (found !== undefined) return found;
  }
  return null;
}

/** The channel that stands for another project's word; who chooses one is not contradicted. */
function channelMeantBy(version: Version, names: readonly string[]): string | null {
  const words = version.prerelease.map((identifier) => SYNONYMS[identifier.toLowerCase().replace(/-?[0-9]+$/, '')] ?? '');
  return words.find((word) => names.includes(word)) ?? null;
}

function choiceNeeded(version: Version, names: readonly string[]): Problem {
  const suffix = version.prerelease.join('.');
  return {
    code: 'CHANNEL_REQUIRED',
    message: `The suffix ${quote(`-${suffix}`)} names no channel of this product: choose ${joinOr(names)}.`,
    params: { suffix },
  };
}

function mismatch(version: Version, chosen: string, named: string): Problem {
  return {
    code: 'CHANNEL_MISMATCH',
    message: `Version ${version.raw} belongs to the channel ${quote(named)}, not ${quote(chosen)}: change the channel or the version.`,
    params: { chosen, named },
  };
}

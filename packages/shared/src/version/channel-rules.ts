/** Whether a product's list of channels makes sense. */
import { STABLE_CHANNEL, type Channel } from './channel.js';
import { type Problem } from '../problem.js';
import { quote } from '../text/quote.js';

/** Most channels of one product (chosen: a list that people can still choose from). */
export const CHANNELS_MAX_COUNT = 20;

const CHANNEL_NAME = /^[a-z0-9-]{1,32}$/;

/** The first thing wrong with a list of channels, or null: count, names, duplicates, stable, and what each includes. */
export function checkChannels(channels: readonly Channel[]): Problem | null {
  const names = channels.map((channel) => channel.name);
  if (channels.length > CHANNELS_MAX_COUNT) {
    const most = String(CHANNELS_MAX_COUNT);
    return {
      code: 'CHANNEL_TOO_MANY',
      message: `A product can have ${most} channels, and this has ${String(channels.length)}: remove some.`,
    };
  }
  return findBadName(names) ?? findDuplicate(names) ?? checkStable(names) ?? findUnknownInclude(channels, names);
}

function findBadName(names: readonly string[]): Problem | null {
  const bad = names.find((name) => !CHANNEL_NAME.test(name));
  if (bad === undefined) return null;
  const message = `The channel name ${quote(bad)} must be 1 to 32 lowercase letters, digits and hyphens, for example early-access.`;
  return { code: 'CHANNEL_NAME_INVALID', message, params: { channel: bad } };
}

function findDuplicate(names: readonly string[]): Problem | null {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return null;
  return { code: 'CHANNEL_DUPLICATE', message: `The channel ${quote(twice)} is listed twice: remove one.`, params: { channel: twice } };
}

function checkStable(names: readonly string[]): Problem | null {
  if (names.includes(STABLE_CHANNEL)) return null;
  return { code: 'CHANNEL_STABLE_MISSING', message: `Every product has the channel ${quote(STABLE_CHANNEL)}: add it back to the list.` };
}

function findUnknownInclude(channels: readonly Channel[], names: readonly string[]): Problem | null {
  for (const { name, includes } of channels) {
    const unknown = includes.find((included) => !names.includes(included));
    if (unknown !== undefined) {
      const message = `The channel ${quote(name)} includes ${quote(unknown)}, which this product does not have: add that channel or leave it out.`;
      return { code: 'CHANNEL_UNKNOWN', message, params: { channel: unknown } };
    }
  }
  return null;
}

import { randomBytes } from 'node:crypto';
import { asPasted } from './secrets.js';

/** 160 random bits: what lists show of a key leaves 144 that nobody knows. */
const RANDOM_BYTES = 20;
const PREFIX = 'mk_';
const MACHINE_KEY = new RegExp(`^${PREFIX}[0-9a-f]{${2 * RANDOM_BYTES}}$`);
/** As much as tells one key from another in a list. */
const SHOWN_LENGTH = PREFIX.length + 4;

/** A new machine key such as `mk_7f3a...`: one word for whoever selects it, and for the shell. */
export const randomMachineKey = (): string => `${PREFIX}${randomBytes(RANDOM_BYTES).toString('hex')}`;

/** A key as we write it, from what was typed or pasted; null when it has not the form of a machine key, which no license key has by chance. */
export function asMachineKey(typed: string): string | null {
  const key = asPasted(typed).toLowerCase();
  return MACHINE_KEY.test(key) ? key : null;
}

/** Its first characters, by which people know it. */
export const shownOf = (machineKey: string): string => machineKey.slice(0, SHOWN_LENGTH);

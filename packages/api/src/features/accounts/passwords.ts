import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Turns } from '../../machinery/throttle/turns.js';

/** Argon2id (the library's default) with 19 MiB, 2 passes, 1 lane: OWASP's minimum (Password Storage Cheat Sheet). */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Letters and digits that are not mistaken for one another; 4 groups of 5 of them are 100 bits. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const GROUPS = 4;
const GROUP_LENGTH = 5;

/** Node has four threads for this work and for all files: however many sign in at once, downloads go on. */
const LANES = 2;
const lanes = new Turns();
let lane = 0;

let absentHash: Promise<string> | null = null;

export function hashPassword(password: string): Promise<string> {
  return inLane(() => hash(password, OPTIONS));
}

/** Whether the password fits. With no account (`null`), or one without a password (empty), it takes as long and answers false, so that nobody learns which accounts exist. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  absentHash ??= hashPassword('no such account');
  const known = passwordHash || (await absentHash);
  const isRight = await inLane(() => verify(known, password));
  return Boolean(passwordHash) && isRight;
}

function inLane<T>(work: () => Promise<T>): Promise<T> {
  lane = (lane + 1) % LANES;
  return lanes.run(String(lane), work);
}

/** A random password that can be read out on the telephone. */
export function randomPassword(): string {
  const group = (): string => [...randomBytes(GROUP_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

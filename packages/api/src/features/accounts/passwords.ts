import { hash, verify } from '@node-rs/argon2';

/** Argon2id (the library's default) with 19 MiB, 2 passes, 1 lane: OWASP's minimum (Password Storage Cheat Sheet). */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

let absentHash: Promise<string> | null = null;

export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS);
}

/** Whether the password fits. With no account (`null`) it takes as long and answers false, so that nobody learns which accounts exist. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  absentHash ??= hashPassword('no such account');
  const isRight = await verify(passwordHash ?? (await absentHash), password);
  return passwordHash !== null && isRight;
}

import { stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './passwords.js';

const MANY = 60;

describe('passwords', () => {
  it('are checked a few at a time, so that a flood of sign-ins leaves threads for the files that others download', async () => {
    const password = 'a long password for tests';
    const passwordHash = await hashPassword(password);
    // Made before the flood.
    await verifyPassword(null, password);
    let checked = 0;
    const flood = Array.from({ length: MANY }, async (_, index) => {
      const isRight = await verifyPassword(index % 2 === 0 ? passwordHash : null, password);
      checked += 1;
      return isRight;
    });
    await Promise.resolve();
    await stat('.');
    expect(checked).toBeLessThan(MANY / 2);
    expect(await Promise.all(flood)).toEqual(flood.map((_, index) => index % 2 === 0));
  });
});

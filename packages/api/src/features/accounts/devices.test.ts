import { describe, expect, it } from 'vitest';
import { Secrets } from '../../kernel/secret/secrets.js';
import { TestClock } from '../../testing/clock.js';
import { Devices } from './devices.js';

const SECRET = 'a secret for tests only, of forty characters';
const ADA = { id: 'ada', passwordHash: '$argon2id$ada' };

function start(): { devices: Devices; clock: TestClock; days: (count: number) => void } {
  const clock = new TestClock();
  return { devices: new Devices(new Secrets(SECRET), clock), clock, days: (count) => clock.advance({ seconds: count * 86_400 }) };
}

describe('a known device', () => {
  it('is known for a year after the last sign-in, and then no more', () => {
    const { devices, days } = start();
    const cookie = devices.remember(null, ADA);
    days(365);
    expect(devices.find(cookie, ADA)).toBe(cookie.split('.')[0]);
    const renewed = devices.remember(cookie, ADA);
    days(1);
    expect(devices.find(cookie, ADA)).toBeNull();
    expect(devices.find(renewed, ADA)).toBe(cookie.split('.')[0]);
  });

  it('is any device again when the account has another password, until it signs in with that', () => {
    const { devices } = start();
    const cookie = devices.remember(null, ADA);
    const changed = { ...ADA, passwordHash: '$argon2id$another' };
    expect(devices.find(cookie, changed)).toBeNull();
    const renewed = devices.remember(cookie, changed);
    expect(devices.find(renewed, changed)).toBe(cookie.split('.')[0]);
    expect(devices.find(renewed, ADA)).toBeNull();
  });

  it('has one entry for each account, and forgets the account that signed in longest ago', () => {
    const { devices } = start();
    const people = Array.from({ length: 9 }, (_, index) => ({ id: `person ${index}`, passwordHash: 'hash' }));
    let cookie = devices.remember(null, ADA);
    for (let time = 0; time < 3; time += 1) cookie = devices.remember(cookie, { ...ADA, passwordHash: `hash ${time}` });
    expect(cookie.split('.')).toHaveLength(2);
    for (const person of people) cookie = devices.remember(cookie, person);
    expect(cookie.split('.')).toHaveLength(9);
    expect(people.map((person) => devices.find(cookie, person) !== null)).toEqual([false, ...Array(8).fill(true)]);
  });

  it.each([
    ['nothing', () => null],
    ['another secret', () => new Devices(new Secrets(`${SECRET}!`), new TestClock()).remember(null, ADA)],
    ['another account', (devices: Devices) => devices.remember(null, { ...ADA, id: 'bo' })],
    ['another device', (devices: Devices) => `${'A'.repeat(22)}.${devices.remember(null, ADA).split('.')[1] ?? ''}`],
    ['a later day than it was given', (devices: Devices) => devices.remember(null, ADA).replace(/^(.{22}\..{8}).{4}/, '$1zzzz')],
    ['what was given before proofs had a day', () => `${'A'.repeat(22)}.${'B'.repeat(22)}`],
    ['no proof at all', () => 'A'.repeat(22)],
  ])('is not proved by the cookie of %s', (_what, forge) => {
    const { devices } = start();
    expect(devices.find(forge(devices), ADA)).toBeNull();
  });
});

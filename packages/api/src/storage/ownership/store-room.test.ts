import { expect, it } from 'vitest';
import type { StorageFaultReason } from '../storage-fault.js';
import { StoreRoomMemory } from './store-room.js';

const MINUTE_MS = 60_000;

function begin(earlier = 0) {
  const faults = new Map<StorageFaultReason, number>([['FULL', earlier]]);
  const time = { now: 0 };
  const room = new StoreRoomMemory({ faults }, () => time.now);
  room.begin();
  const meetFull = (): unknown => faults.set('FULL', (faults.get('FULL') ?? 0) + 1);
  return { room, faults, time, meetFull };
}

it('a store is full from the first write that did not fit, and not by what was met before or by other faults', () => {
  const { room, faults, meetFull } = begin(3);
  faults.set('DENIED', 1);
  expect(room.isFull).toBe(false);
  meetFull();
  expect(room.isFull).toBe(true);
});

it('bytes of a file that were written say that there is room again', () => {
  const { room, meetFull } = begin();
  meetFull();
  room.wroteFile();
  expect(room.isFull).toBe(false);
  meetFull();
  expect(room.isFull).toBe(true);
});

it('a claim that was written says so only an hour after the last file that did not fit', () => {
  const { room, time, meetFull } = begin();
  meetFull();
  expect(room.isFull).toBe(true);
  time.now = 59 * MINUTE_MS;
  room.wroteClaim();
  expect(room.isFull).toBe(true);
  time.now = 60 * MINUTE_MS;
  room.wroteClaim();
  expect(room.isFull).toBe(false);
});

import { describe, expect, it } from 'vitest';
import { UPDATE_HEADERS, updateReply, type UpdateResult } from './update-reply.js';

const result = (change: Partial<UpdateResult> = {}): UpdateResult => ({
  status: 'UP_TO_DATE',
  latestVersion: '2.4.0',
  current: { version: '2.4.0', isRelease: true, isWithdrawn: false, withdrawReason: null },
  release: null,
  refusedVersion: null,
  refusal: null,
  ...change,
});
const refusal = { code: 'UPDATES_EXPIRED', message: 'Your updates ended.', params: { coveredUntil: '2026-01-31' }, remedy: 'RENEW' };

describe('the answer to an update check', () => {
  it('has no body when the program is up to date, and names the newest version only where there is one', () => {
    expect(updateReply(result())).toEqual({ status: 204, headers: { ...UPDATE_HEADERS, 'X-Latest-Version': '2.4.0' }, body: null });
    expect(updateReply(result({ latestVersion: null })).headers).toEqual(UPDATE_HEADERS);
  });

  it('says that the installed release was withdrawn', () => {
    const current = { version: '2.1', isRelease: true, isWithdrawn: true, withdrawReason: 'It loses files.' };
    expect(updateReply(result({ current })).headers['X-Current-Version-Status']).toBe('WITHDRAWN');
  });

  it('carries a refusal as every other answer does, and nothing of it where nothing is refused', () => {
    expect(updateReply(result({ status: 'NOT_ALLOWED', refusal, refusedVersion: '2.4.0', latestVersion: null })).body).toMatchObject({
      ...refusal,
      status: 'NOT_ALLOWED',
      refusedVersion: '2.4.0',
      release: null,
    });
    expect(Object.keys(updateReply(result({ status: 'UPDATE_AVAILABLE' })).body ?? {})).toEqual([
      'status',
      'latestVersion',
      'current',
      'release',
    ]);
  });

  it('leaves out what is no part of it', () => {
    const noted = { ...result({ status: 'UPDATE_AVAILABLE' }).current, __typename: 'InstalledRelease' };
    expect(JSON.stringify(updateReply(result({ status: 'UPDATE_AVAILABLE', current: noted })).body)).not.toContain('typename');
  });
});

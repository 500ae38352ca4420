import { describe, expect, it } from 'vitest';
import {
  availableActions,
  checkPublishAt,
  DOWNLOADABLE_STATUSES,
  LIFECYCLE,
  LIFECYCLE_ACTIONS,
  requiredScope,
  transition,
  type DownloadableStatus,
} from './lifecycle.js';
import { checkPublishable } from './publish-check.js';

const REACHED_FROM_DRAFT = (): ReadonlySet<DownloadableStatus | 'GONE'> => {
  const reached = new Set<DownloadableStatus | 'GONE'>(['DRAFT']);
  for (const status of reached) {
    if (status !== 'GONE') for (const action of availableActions(status)) reached.add(LIFECYCLE[action].to);
  }
  return reached;
};

describe('the lifecycle table', () => {
  it('reaches every status from a new draft, and the end', () => {
    expect(REACHED_FROM_DRAFT()).toEqual(new Set([...DOWNLOADABLE_STATUSES, 'GONE']));
  });

  it('lets nothing leave WITHDRAWN except by deleting', () => {
    expect(availableActions('WITHDRAWN')).toEqual(['DELETE']);
  });

  it('allows deleting from every status, and no action that changes nothing', () => {
    for (const status of DOWNLOADABLE_STATUSES) expect(availableActions(status)).toContain('DELETE');
    for (const action of LIFECYCLE_ACTIONS) expect(LIFECYCLE[action].from).not.toContain(LIFECYCLE[action].to);
  });

  it.each([
    ['DRAFT', ['PUBLISH', 'SCHEDULE', 'DELETE']],
    ['SCHEDULED', ['PUBLISH', 'CANCEL_SCHEDULE', 'DELETE']],
    ['PUBLISHED', ['UNPUBLISH', 'ARCHIVE', 'WITHDRAW', 'DELETE']],
    ['ARCHIVED', ['UNPUBLISH', 'RESTORE', 'WITHDRAW', 'DELETE']],
    ['WITHDRAWN', ['DELETE']],
  ] as const)('from %s allows %j', (status, actions) => {
    expect(availableActions(status)).toEqual(actions);
    for (const action of LIFECYCLE_ACTIONS) {
      const isPossible = availableActions(status).includes(action);
      expect(transition(status, action).ok).toBe(isPossible);
    }
  });

  it('says what is possible when an action is not', () => {
    expect(transition('DRAFT', 'PUBLISH')).toEqual({ ok: true, value: 'PUBLISHED' });
    expect(transition('WITHDRAWN', 'RESTORE')).toMatchObject({
      problem: { code: 'TRANSITION_NOT_ALLOWED', message: 'You cannot restore this release while it is withdrawn: you can delete it.' },
    });
  });

  it('lets release:write delete only what was never published', () => {
    expect(requiredScope('DELETE', false)).toBe('release:write');
    expect(requiredScope('DELETE', true)).toBe('release:publish');
    expect(requiredScope('PUBLISH', false)).toBe('release:publish');
  });
});

describe('checkPublishAt', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  it.each([
    ['a second ahead', '2026-03-01T12:00:01Z', null],
    ['this very instant', '2026-03-01T12:00:00Z', 'PUBLISH_AT_INVALID'],
    ['yesterday', '2026-02-28T12:00:00Z', 'PUBLISH_AT_INVALID'],
    ['in 366 days, which is a leap year', '2027-03-02T12:00:00Z', null],
    ['a second later than that', '2027-03-02T12:00:01Z', 'PUBLISH_AT_INVALID'],
    ['in ten years', '2036-03-01T12:00:00Z', 'PUBLISH_AT_INVALID'],
  ])('of %s', (_case, at, code) => {
    expect(checkPublishAt(new Date(at), now)?.code ?? null).toBe(code);
  });
});

describe('checkPublishable', () => {
  const ready = (fileName: string) => ({ fileName, state: 'READY' as const });

  it.each([
    ['one ready file', [ready('a.exe')], []],
    ['no file', [], ['NO_ASSETS']],
    ['a file still being verified', [ready('a.exe'), { fileName: 'b.exe', state: 'VERIFYING' }], ['ASSET_NOT_READY']],
    ['a file whose replacement is on its way', [{ ...ready('a.exe'), replacement: 'UPLOADING' }], ['ASSET_NOT_READY']],
    ['a file that nobody sent', [ready('a.exe'), { fileName: 'b.exe', state: 'UPLOADING' }], ['ASSET_NOT_READY']],
    ['the same name in capitals', [ready('a.exe'), ready('A.EXE')], ['ASSET_NAME_TAKEN']],
    ['both faults', [ready('a.exe'), { fileName: 'A.exe', state: 'FAILED' }], ['ASSET_NOT_READY', 'ASSET_NAME_TAKEN']],
  ] as const)('with %s', (_case, assets, codes) => {
    expect(checkPublishable({ assets }).map((problem) => problem.code)).toEqual(codes);
  });
});

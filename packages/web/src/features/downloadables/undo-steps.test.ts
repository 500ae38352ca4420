import { LIFECYCLE } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import { undoSteps, type FormerState, type ReversibleAction } from './undo-steps';

const frozen = { frozenAt: '2026-01-01T00:00:00.000Z' };
const former = (state: Partial<FormerState>): FormerState => ({ status: 'DRAFT', revision: frozen, draftRevision: null, ...state });

describe('undoSteps', () => {
  it.each<[action: ReversibleAction, state: FormerState]>([
    ['PUBLISH', former({ status: 'DRAFT' })],
    ['UNPUBLISH', former({ status: 'PUBLISHED' })],
    ['UNPUBLISH', former({ status: 'ARCHIVED' })],
    ['ARCHIVE', former({ status: 'PUBLISHED' })],
    ['RESTORE', former({ status: 'ARCHIVED' })],
  ])('of %s lead back to the former status by the lifecycle', (action, state) => {
    const steps = undoSteps(action, state) ?? [];
    const end = [action, ...steps].reduce<string>((status, step) => {
      expect(LIFECYCLE[step].from).toContain(status);
      return LIFECYCLE[step].to;
    }, state.status);
    expect(end).toBe(state.status);
  });

  it.each<[what: string, action: ReversibleAction, state: FormerState]>([
    ['a schedule that was overtaken', 'PUBLISH', former({ status: 'SCHEDULED' })],
    ['unpublishing with an open next revision', 'UNPUBLISH', former({ status: 'PUBLISHED', draftRevision: {} })],
  ])('do not exist for %s', (_, action, state) => {
    expect(undoSteps(action, state)).toBeNull();
  });
});

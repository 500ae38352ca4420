import { describe, expect, it } from 'vitest';
import { publishChecks, type ChecklistItem } from './publish-checks';

const item = (code: string, severity: ChecklistItem['severity']): ChecklistItem => ({
  code,
  severity,
  message: code,
});
const states = (items: readonly ChecklistItem[]): string[] => publishChecks(items).map(({ state }) => state);

describe('publishChecks', () => {
  it('all pass when nothing was found', () => {
    expect(new Set(states([]))).toEqual(new Set(['PASSED']));
  });

  it('a finding stands at its check, and a blocker outweighs a warning', () => {
    expect(states([item('CHANGELOG_EMPTY', 'WARNING')])).toEqual(['PASSED', 'PASSED', 'WARNING', 'PASSED', 'PASSED']);
    expect(states([item('ASSET_NOT_READY', 'BLOCKER'), item('ASSET_NAME_TAKEN', 'WARNING')])[0]).toBe('BLOCKER');
  });

  it('a finding of a newer server is not lost', () => {
    expect(publishChecks([item('SOMETHING_NEW', 'WARNING')]).at(-1)).toMatchObject({ state: 'WARNING', messages: ['SOMETHING_NEW'] });
  });
});

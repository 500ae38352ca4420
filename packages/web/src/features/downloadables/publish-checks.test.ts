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

  it('nothing is ticked that was not looked at: without files there are no names and no platforms', () => {
    expect(states([item('NO_ASSETS', 'BLOCKER')])).toEqual(['BLOCKER', 'SKIPPED', 'PASSED', 'PASSED', 'SKIPPED']);
  });

  it('the title of what was found reads as what was found', () => {
    const passed = new Set(publishChecks([]).map(({ label }) => label));
    for (const code of ['NO_ASSETS', 'PLATFORMS_MISSING', 'CHANGELOG_EMPTY', 'VERSION_BELOW_LATEST', 'FILE_NAME_MISMATCH']) {
      const titles = publishChecks([item(code, 'WARNING')]).filter(({ state }) => state === 'WARNING');
      expect(titles).toHaveLength(1);
      expect(passed).not.toContain(titles[0]?.label);
    }
    expect(publishChecks([item('ASSET_NOT_READY', 'WARNING')])[0]?.label).toBe('Files are still being checked');
  });

  it('a finding of a newer server is not lost', () => {
    expect(publishChecks([item('SOMETHING_NEW', 'WARNING')]).at(-1)).toMatchObject({ state: 'WARNING', messages: ['SOMETHING_NEW'] });
  });
});

import { fileNameKey } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import { checkStagedFile, stageFile } from './staged-file';

const nothingTaken = new Set<string>();

function makeFile(name: string, sizeBytes = 10): File {
  return new File([new Uint8Array(sizeBytes)], name);
}

describe('a chosen file', () => {
  it('gets type, platform and architecture from its name', () => {
    expect(stageFile(makeFile('Aurora-2.1.0-Windows-x64.exe'))).toMatchObject({
      type: 'INSTALLER',
      platform: 'WINDOWS',
      architecture: 'X64',
    });
  });

  it('with a bad name is refused with a name that is accepted', () => {
    const staged = stageFile(makeFile('bad name (1).dmg'));
    const problem = checkStagedFile(staged, nothingTaken, 1000);
    expect(problem?.proposal).toBeTruthy();
    expect(checkStagedFile({ ...staged, fileName: problem?.proposal ?? '' }, nothingTaken, 1000)).toBeNull();
  });

  it('is refused when a file of this name is there, whatever its case', () => {
    const taken = new Set([fileNameKey('setup.EXE')]);
    expect(checkStagedFile(stageFile(makeFile('Setup.exe')), taken, 1000)?.message).toContain('Setup.exe');
  });

  it('is refused when it is empty', () => {
    expect(checkStagedFile(stageFile(makeFile('a.exe', 0)), nothingTaken, 1000)).not.toBeNull();
  });

  it('is refused when it is larger than the limit', () => {
    expect(checkStagedFile(stageFile(makeFile('a.exe', 1001)), nothingTaken, 1000)).not.toBeNull();
    expect(checkStagedFile(stageFile(makeFile('a.exe', 1000)), nothingTaken, 1000)).toBeNull();
  });
});

import { fileNameKey } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import { checkStagedFile, renameNote, stageFile } from './staged-file';

const nothingTaken = new Set<string>();

function makeFile(name: string, sizeBytes = 10): File {
  return new File([new Uint8Array(sizeBytes)], name);
}

const stage = (name: string, sizeBytes?: number) => stageFile(makeFile(name, sizeBytes), { chosen: new Set(), present: new Set() });

describe('a chosen file', () => {
  it('gets type, platform and architecture from its name', () => {
    expect(stage('Aurora-2.1.0-Windows-x64.exe')).toMatchObject({
      type: 'INSTALLER',
      platform: 'WINDOWS',
      architecture: 'X64',
    });
  });

  it('with a name that would be refused is given one that is accepted, at once', () => {
    const staged = stage('My App (1).dmg');
    expect(staged.fileName).toBe('My-App-1.dmg');
    expect(checkStagedFile(staged, nothingTaken, 1000)).toBeNull();
  });

  it('keeps apart from others with nothing left of their names, and from those that are there', () => {
    const names = { chosen: new Set(['file-2.zip']), present: new Set(['file.zip']) };
    expect(stageFile(makeFile('株式会社.zip'), names).fileName).toBe('file-3.zip');
    expect(stageFile(makeFile('My App.zip'), { chosen: new Set<string>(), present: new Set(['my-app.zip']) }).fileName).toBe('My-App.zip');
  });

  it.each([
    ['My App (1).exe', 'My-App-1.exe', 'Renamed, because "My App (1).exe" does not work in every link and on every system.'],
    ['My App (1).exe', 'setup.exe', 'Renamed, because "My App (1).exe" does not work in every link and on every system.'],
    ['app.exe', 'setup.exe', 'On your computer it is "app.exe".'],
    ['app.exe', 'app.exe', null],
  ])('%s that is called %s here tells why', (name, fileName, note) => {
    expect(renameNote({ file: makeFile(name), fileName })).toBe(note);
  });

  it('with a bad name that was typed is refused with a name that is accepted', () => {
    const problem = checkStagedFile({ ...stage('a.dmg'), fileName: 'CON.dmg' }, nothingTaken, 1000);
    expect(problem?.proposal).toBe('file-CON.dmg');
  });

  it('is refused when a file of this name is there, whatever its case', () => {
    const taken = new Set([fileNameKey('setup.EXE')]);
    expect(checkStagedFile(stage('Setup.exe'), taken, 1000)?.message).toContain('Setup.exe');
  });

  it('is refused when it is empty', () => {
    expect(checkStagedFile(stage('a.exe', 0), nothingTaken, 1000)).not.toBeNull();
  });

  it('is refused when it is larger than the limit', () => {
    expect(checkStagedFile(stage('a.exe', 1001), nothingTaken, 1000)).not.toBeNull();
    expect(checkStagedFile(stage('a.exe', 1000), nothingTaken, 1000)).toBeNull();
  });
});

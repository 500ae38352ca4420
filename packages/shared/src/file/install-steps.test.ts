import { describe, expect, it } from 'vitest';
import { INSTALL_KINDS, installKind, installSteps, resumableCommand } from './install-steps.js';

describe('the kind of a file', () => {
  it.each([
    ['Aurora-2.4.0.dmg', '.dmg'],
    ['aurora_2.4.0_amd64.deb', '.deb'],
    ['Aurora-2.4.0-x86_64.AppImage', '.AppImage'],
    ['AURORA.MSI', '.msi'],
    ['aurora-2.4.0.tar.gz', '.tar.gz'],
    ['aurora-2.4.0.tgz', '.tar.gz'],
    ['aurora.tar.xz', '.tar.xz'],
    ['manual.pdf', null],
    ['aurora', null],
  ])('of %s is %s', (fileName, kind) => {
    expect(installKind(fileName)).toBe(kind);
  });
});

describe('the steps of installing', () => {
  it.each(INSTALL_KINDS.map((kind) => [kind]))('a %s name the file, each with a sentence or a command', (kind) => {
    const steps = installSteps({ fileName: `aurora-2.4.0${kind}`, platform: 'LINUX' });
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.map(({ text, command }) => `${text ?? ''} ${command ?? ''}`).join(' ')).toContain(`aurora-2.4.0${kind}`);
    for (const { text, command } of steps) expect(text ?? command).not.toBeNull();
  });

  it('an archive gets a folder of its own', () => {
    expect(installSteps({ fileName: 'aurora-2.4.0-linux-x64.tar.gz', platform: 'LINUX' })[0]?.command).toBe(
      'mkdir -p aurora-2.4.0-linux-x64 && tar -xzf aurora-2.4.0-linux-x64.tar.gz -C aurora-2.4.0-linux-x64',
    );
    expect(installSteps({ fileName: 'aurora.zip', platform: 'WINDOWS' }).every(({ command }) => command === null)).toBe(true);
  });

  it('a file of an unknown kind has none', () => {
    expect(installSteps({ fileName: 'aurora.bin', platform: 'LINUX' })).toEqual([]);
  });
});

describe('the command that fetches a file', () => {
  it.each([
    [true, 'curl -fL -C - -O -u "key:$LICENSE_KEY" https://dl.example/d/1/a.deb'],
    [false, 'curl -fL -C - -O https://dl.example/d/1/a.deb'],
  ])('sends a key where one is needed: %s', (needsKey, command) => {
    expect(resumableCommand({ url: 'https://dl.example/d/1/a.deb', needsKey })).toBe(command);
  });
});

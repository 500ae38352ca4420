import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installSteps } from '@slipway/shared';
import { afterAll, describe, expect, it } from 'vitest';

/** Putting a package into this system is for machines that are thrown away: `.ci/run` says so. */
const MAY_INSTALL = process.env['TEST_INSTALL'] === 'on';
/** Whether this system has a program; where nothing may be skipped, it has to. */
function has(...programs: readonly string[]): boolean {
  if (process.env['TEST_NOTHING_SKIPPED']) return true;
  return programs.every((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0);
}

const PROGRAM = '#!/bin/sh\necho it works\n';

const folder = mkdtempSync(join(tmpdir(), 'install-steps-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a line as it is pasted, in the folder of the file. @returns what it printed */
const paste = (line: string): string =>
  execFileSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function writeProgram(path: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), PROGRAM);
  chmodSync(join(folder, path), 0o755);
}

/** Every command of a file's steps, one after the other. */
function follow(fileName: string): string {
  const commands = installSteps({ fileName, platform: 'LINUX' }).flatMap(({ command }) => command ?? []);
  expect(commands.length).toBeGreaterThan(0);
  return commands.map(paste).join('');
}

describe.runIf(has('bash', 'tar', 'xz'))('the steps of installing on Linux run as they stand', () => {
  it.each([
    ['aurora-2.4.0-linux-x64.tar.gz', 'tar -czf'],
    ['aurora-2.4.0-linux-x64.tar.xz', 'tar -cJf'],
  ])('%s', (fileName, pack) => {
    writeProgram('packed/aurora');
    paste(`${pack} ${fileName} -C packed aurora`);
    follow(fileName);
    expect(paste('./aurora-2.4.0-linux-x64/aurora')).toBe('it works\n');
    rmSync(join(folder, 'aurora-2.4.0-linux-x64'), { recursive: true });
  });

  it.runIf(has('python3', 'unzip'))('an archive of zip', () => {
    writeProgram('zipped/aurora');
    const pack = "import shutil; shutil.make_archive('aurora-2.4.0', 'zip', 'zipped')";
    execFileSync('python3', ['-c', pack], { cwd: folder });
    follow('aurora-2.4.0.zip');
    expect(readFileSync(join(folder, 'aurora-2.4.0/aurora'), 'utf8')).toBe(PROGRAM);
  });

  it('an AppImage, which is a program by itself', () => {
    writeFileSync(join(folder, 'Aurora-2.4.0-x86_64.AppImage'), PROGRAM);
    expect(follow('Aurora-2.4.0-x86_64.AppImage')).toBe('it works\n');
  });

  it.runIf(MAY_INSTALL)('a package of Debian', () => {
    const name = `slipway-install-steps-${process.pid}`;
    writeProgram(`package/opt/${name}/aurora`);
    mkdirSync(join(folder, 'package/DEBIAN'));
    const control = [
      `Package: ${name}`,
      'Version: 2.4.0',
      'Architecture: all',
      'Maintainer: Nobody <nobody@aurora.example>',
      'Description: A test',
      '',
    ];
    writeFileSync(join(folder, 'package/DEBIAN/control'), control.join('\n'));
    paste(`dpkg-deb --build --root-owner-group package ${name}_2.4.0_all.deb`);
    try {
      follow(`${name}_2.4.0_all.deb`);
      expect(paste(`/opt/${name}/aurora`)).toBe('it works\n');
    } finally {
      paste(`dpkg --purge ${name}`);
    }
    expect(existsSync(`/opt/${name}`)).toBe(false);
  });
});

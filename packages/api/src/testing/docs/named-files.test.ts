import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\n');
const files = listed.filter((file) => file !== '');
const folders = [...new Set(files.flatMap((file) => file.split('/').map((_, index, parts) => parts.slice(0, index).join('/'))))];

/** `shared/...` is written for `packages/shared/src/...`; everything else for the end of a path. */
function isThere(name: string): boolean {
  const inShared = name.replace(/^shared\/(?!src)/, 'shared/src/');
  const wanted = inShared.endsWith('/') ? inShared.slice(0, -1) : inShared;
  return (inShared.endsWith('/') ? folders : files).some((path) => path === wanted || path.endsWith(`/${wanted}`));
}

describe.each(files.filter((file) => /^[A-Z]+\.md$|^docs\/.*\.md$|\/README\.md$/.test(file)))('%s', (page) => {
  it('names only files and folders that are there', () => {
    const text = readFileSync(root + page, 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
    const names = [
      ...text.matchAll(
        /`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|vue|mjs|sh))`|`((?:features|machinery|storage|kernel|testing|files|http|app|ui)\/[\w/-]+)`/g,
      ),
    ];
    const missing = names.map(([, file, folder]) => file ?? `${folder?.replace(/\/$/, '')}/`).filter((name) => !isThere(name));
    expect(missing).toEqual([]);
  });
});

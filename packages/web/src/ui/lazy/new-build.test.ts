import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isOtherBuild } from './new-build';

const src = fileURLToPath(new URL('../../', import.meta.url));

describe('code that is fetched when it is needed', () => {
  it('is fetched nowhere but through lazy, page or loadChunk', () => {
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.(?:vue|ts)$/.test(file) && !file.endsWith('.test.ts') && !file.startsWith('ui/lazy/'),
    );
    const found = files.flatMap((file) => {
      const text = readFileSync(src + file, 'utf8').replaceAll(/\b(?:lazy|page|loadChunk)\(\(\) => import\(|typeof import\(/g, '');
      return /\bimport\(|\bdefineAsyncComponent\b/.test(text) ? [file] : [];
    });
    expect(files.length).toBeGreaterThan(100);
    expect(found).toEqual([]);
  });
});

describe('a new build', () => {
  const page = (entry: string): string => `<script src="/start.js"></script><script type="module" crossorigin src="${entry}"></script>`;
  it.each([
    { what: 'the same entry', html: page('/assets/index-a.js'), isOther: false },
    { what: 'another entry', html: page('/assets/index-b.js'), isOther: true },
    { what: 'a page of a proxy', html: '<h1>Bad gateway</h1>', isOther: false },
  ])('is told by the entry of the page: $what', ({ html, isOther }) => {
    expect(isOtherBuild(html, '/assets/index-a.js')).toBe(isOther);
  });
});

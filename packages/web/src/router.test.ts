import { readFileSync } from 'node:fs';
import { PAGE_PATHS } from '@slipway/shared';
import { describe, expect, it } from 'vitest';

/** The paths of router.ts, read as text: to run it takes a browser. Those of children are relative to the path before them. */
function pathsOfRouter(): readonly string[] {
  const source = readFileSync(new URL('./router.ts', import.meta.url), 'utf8');
  let parent = '';
  return [...source.matchAll(/\bpath: '([^']*)'/g)].flatMap(([, path = '']) => {
    if (path.startsWith('/')) parent = path;
    const whole = path.startsWith('/') ? path : `${parent}/${path}`.replace(/\/$/, '');
    if (whole.includes(':path(')) return [];
    return whole.endsWith('?') ? [whole.replace(/\/:\w+\?$/, ''), whole.slice(0, -1)] : [whole];
  });
}

describe('the addresses of pages', () => {
  it('are those that the server knows: it answers 404 to others', () => {
    expect([...new Set(pathsOfRouter())].sort()).toEqual([...PAGE_PATHS].sort());
  });
});

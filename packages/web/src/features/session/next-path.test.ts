import { describe, expect, it } from 'vitest';
import { safeNextPath } from './next-path';

const origin = 'https://downloads.example';

describe('the path after signing in', () => {
  it.each([
    ['/admin/downloadables?status=DRAFT', '/admin/downloadables?status=DRAFT'],
    ['/portal/downloads#files', '/portal/downloads#files'],
    ['https://evil.example/', null],
    ['//evil.example/', null],
    ['/\\evil.example', null],
    ['/\t/evil.example', null],
    ['/\n/evil.example', null],
    ['/\r\\evil.example', null],
    ['/.//evil.example/', null],
    ['/./\\evil.example/', null],
    ['/..//evil.example/', null],
    ['/a/..//evil.example/', null],
    ['/%2e//evil.example/', null],
    ['/a/%2E%2e//evil.example/', null],
    ['/.\t//evil.example/', null],
    ['////evil.example', null],
    ['/\\/evil.example', null],
    ['\\\\evil.example', null],
    [' //evil.example', null],
    ['https:evil.example', null],
    ['https:///evil.example', null],
    ['data:text/html,x', null],
    ['/%2f%2fevil.example', '/%2f%2fevil.example'],
    ['/@evil.example', '/@evil.example'],
    ['/login/../login', null],
    ['javascript:alert(1)', null],
    ['/login?next=/login', null],
    [undefined, null],
    [['/a', '/b'], null],
  ])('of %j is %j', (next, expected) => {
    expect(safeNextPath(next, origin)).toBe(expected);
  });
});

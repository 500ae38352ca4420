import { describe, expect, it } from 'vitest';
import { redactUrl } from './log.js';

describe('a URL in the log', () => {
  it.each([
    ['/d/01ARZ/app.exe?key=AAAAA-BBBBB&x=1', '/d/01ARZ/app.exe?key=[hidden]&x=1'],
    ['/s/Zm9vYmFy_-0', '/s/[hidden]'],
    ['/s/Zm9vYmFy_-0/app.exe?x=1', '/s/[hidden]/app.exe?x=1'],
    ['/S/Zm9vYmFy_-0?code=NOT_FOUND', '/S/[hidden]?code=NOT_FOUND'],
    ['/%73/Zm9vYmFy', '/%73/[hidden]'],
    ['//s//Zm9vYmFy', '//s//[hidden]'],
    ['https://downloads.vendor.example/s/Zm9vYmFy/app.exe', 'https://downloads.vendor.example/s/[hidden]/app.exe'],
    ['/store/a?X-Amz-Signature=abc', '/store/a?X-Amz-Signature=[hidden]'],
    ['/assets/s/index.js', '/assets/s/index.js'],
    ['/graphql', '/graphql'],
  ])('%s is shown as %s', (url, shown) => {
    expect(redactUrl(url)).toBe(shown);
  });
});

import { describe, expect, it } from 'vitest';
import { toCsv } from '../../kernel/text/csv.js';
import { daysAsCsv, versionsAsCsv } from './statistics-csv.js';

describe('a table as CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['a, b', '"a, b"'],
    ['the "best"', '"the ""best"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['+49', "'+49"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
    [-2, '-2'],
  ])('%j is the cell %s', (value, cell) => {
    expect(toCsv([[value]])).toBe(`${cell}\r\n`);
  });

  it('of days has every day and every column, whatever was counted', () => {
    const { csv } = daysAsCsv({
      range: { from: '2026-01-01', to: '2026-01-02' },
      bySource: [
        { day: '2026-01-02', member: 'PORTAL', total: 2 },
        { day: '2026-01-02', member: 'TOKEN', total: 1 },
      ],
      byPlatform: [{ day: '2026-01-02', member: 'LINUX', total: 3 }],
    });
    expect(csv).toBe(
      'day,downloads,portal,share_link,token,permalink,license_key,machine_key,windows,macos,linux,android,ios,web,all\r\n' +
        '2026-01-01,0,0,0,0,0,0,0,0,0,0,0,0,0,0\r\n2026-01-02,3,2,0,1,0,0,0,0,0,3,0,0,0,0\r\n',
    );
  });

  it('of versions tells the product, whose name cannot become a formula', () => {
    const versions = [{ product: '=cmd', version: '1.0', downloads: 4 }];
    expect(versionsAsCsv({ range: { from: '2026-01-01', to: '2026-01-01' }, versions }).csv).toBe(
      "product,version,downloads\r\n'=cmd,1.0,4\r\n",
    );
  });
});

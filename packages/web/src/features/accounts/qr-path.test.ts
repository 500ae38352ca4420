import { expect, it } from 'vitest';
import { qrPath } from './qr-path';

it('a picture is one rectangle for each run of dark squares', () => {
  const rows = [
    [true, true, false],
    [false, false, false],
    [true, false, true],
  ];
  expect(qrPath(rows)).toEqual({ size: 3, path: 'M0 0h2v1H0zM0 2h1v1H0zM2 2h1v1H2z' });
});

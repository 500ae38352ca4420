import { expect, it } from 'vitest';
import { createLog } from './log.js';

it('a line of the log is one JSON object with the name of its level and the time as people write it', () => {
  const lines: string[] = [];
  createLog('info', { write: (line) => void lines.push(line) }).warn({ requestId: 'r' }, 'two\nlines');
  expect(lines).toHaveLength(1);
  expect(lines[0]!.trimEnd()).not.toContain('\n');
  const { level, time, ...rest } = JSON.parse(lines[0]!) as Record<string, string>;
  expect({ level, rest }).toEqual({ level: 'warn', rest: { requestId: 'r', msg: 'two\nlines' } });
  expect(new Date(time!).toISOString()).toBe(time);
});

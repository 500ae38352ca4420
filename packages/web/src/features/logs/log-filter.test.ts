import { expect, it } from 'vitest';
import { filterText, logFilter } from './log-filter';

it.each([
  [{ about: 'license:01X', by: '' }, { subjectType: 'LICENSE', subjectId: '01X' }, 'Only what concerns this license.'],
  [{ about: 'comet:01X', by: '' }, null, null],
  [{ about: '', by: '01Y' }, { actorId: '01Y' }, 'Only what this person, token or license did.'],
  [{ about: '', by: '' }, null, null],
])('the address %j asks for %j', (address, filter, text) => {
  expect(logFilter(address)).toEqual(filter);
  expect(filterText(address)).toBe(text);
});

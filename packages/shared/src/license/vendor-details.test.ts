import { describe, expect, it } from 'vitest';
import { checkVendorDetails, tagKey, tidyTags, type VendorDetails } from './vendor-details.js';

const NONE: VendorDetails = { notes: null, externalReference: null, tags: [] };
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `tag ${String(index)}`);

describe('what a vendor writes down about a license', () => {
  it('may be nothing, or as much as fits', () => {
    expect(checkVendorDetails(NONE)).toEqual({});
    const full = { notes: `Two\nlines ${'n'.repeat(1_990)}`, externalReference: 'r'.repeat(200), tags: [...many(19), 't'.repeat(40)] };
    expect(checkVendorDetails(full)).toEqual({});
  });

  it.each([
    ['notes that are too long', { notes: 'n'.repeat(2_001) }, 'notes', 'TOO_LONG'],
    ['notes that read other than they are', { notes: 'a\u202eb' }, 'notes', 'VALUE_INVALID'],
    ['a blank reference', { externalReference: ' ' }, 'externalReference', 'NAME_REQUIRED'],
    ['a reference that is too long', { externalReference: 'r'.repeat(201) }, 'externalReference', 'TOO_LONG'],
    ['a reference of two lines', { externalReference: 'a\nb' }, 'externalReference', 'VALUE_INVALID'],
    ['21 tags', { tags: many(21) }, 'tags', 'VALUE_INVALID'],
    ['a tag that is too long', { tags: ['t'.repeat(41)] }, 'tags', 'TOO_LONG'],
    ['an empty tag', { tags: ['good', ''] }, 'tags', 'NAME_REQUIRED'],
    ['a tag with a comma', { tags: ['a,b'] }, 'tags', 'VALUE_INVALID'],
    ['a tag with a semicolon', { tags: ['a;b'] }, 'tags', 'VALUE_INVALID'],
  ] as const)('is refused for %s, at its field and in one sentence', (_what, change, field, code) => {
    const problems = checkVendorDetails({ ...NONE, ...change });
    expect(Object.keys(problems)).toEqual([field]);
    expect(problems[field]).toMatchObject({ code, message: expect.stringMatching(/^[A-Z].{10,}[.]$/) });
  });

  it('has each tag once, whatever its capitals and blanks', () => {
    expect(tidyTags([' Reseller', 'reseller ', 'Beta', 'beta'])).toEqual(['Reseller', 'Beta']);
    expect(tagKey(' ReSeller ')).toBe('reseller');
  });
});

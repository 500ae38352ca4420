import { describe, expect, it } from 'vitest';
import { checkBody, checkSubject, SUBJECT_MAX_LENGTH } from './announcement-text.js';
import { FIRST_TEXT, RECALL_TEXT, SECOND_TEXT } from '../messages/first-texts.js';
import { checkPlaceholders, partsOf, placeholdersOf } from './placeholders.js';

describe('a text of an announcement', () => {
  it.each([FIRST_TEXT, SECOND_TEXT])('is good as it begins: $subject', ({ subject, body }) => {
    expect([checkSubject(subject, 'ANNOUNCEMENT'), checkBody(body, 'ANNOUNCEMENT')]).toEqual([null, null]);
  });

  it('is good as it begins for a recall', () => {
    expect([checkSubject(RECALL_TEXT.subject, 'RECALL'), checkBody(RECALL_TEXT.body, 'RECALL')]).toEqual([null, null]);
  });

  it('names the placeholders that exist where one does not', () => {
    expect(checkSubject('Hello {nme}', 'ANNOUNCEMENT')).toEqual({
      code: 'PLACEHOLDER_UNKNOWN',
      message:
        '{nme} at position 7 is no placeholder here: use one of {name}, {customer}, {vendor}, {product}, {version}, {summary}, {license}, {updatesUntil}.',
      params: { placeholder: 'nme', position: 7 },
    });
  });

  it.each([
    ['{changelog}', { kind: 'ANNOUNCEMENT', isSubject: true }],
    ['{constructor}', { kind: 'ANNOUNCEMENT', isSubject: false }],
    ['{acknowledge}', { kind: 'ANNOUNCEMENT', isSubject: false }],
    ['{download}', { kind: 'RECALL', isSubject: false }],
  ] as const)('has no %s where it cannot be filled in', (text, place) => {
    expect(checkPlaceholders(text, place)?.code).toBe('PLACEHOLDER_UNKNOWN');
  });

  it('takes braces that hold no name, or that are escaped, as they are', () => {
    for (const text of ['{}', '{ name }', '{1}', String.raw`\{name}`, '{', '}{'])
      expect(checkPlaceholders(text, { kind: 'ANNOUNCEMENT', isSubject: true }), text).toBeNull();
  });

  it.each([
    ['', 'NAME_REQUIRED'],
    ['a\nBcc: x@y.example', 'VALUE_INVALID'],
    ['x'.repeat(SUBJECT_MAX_LENGTH + 1), 'TOO_LONG'],
  ])('has no subject like %j', (subject, code) => {
    expect(checkSubject(subject, 'ANNOUNCEMENT')?.code).toBe(code);
  });

  it.each([
    [' \n', 'NAME_REQUIRED'],
    ['x'.repeat(64_001), 'TOO_LONG'],
    ['a\u0000b', 'VALUE_INVALID'],
  ])('is refused when it is like the text of case %#', (body, code) => {
    expect(checkBody(body, 'ANNOUNCEMENT')?.code).toBe(code);
  });

  it('is taken apart into what was typed and placeholders, and nothing is lost', () => {
    expect(partsOf('a {name}{version} b')).toEqual([
      { text: 'a ' },
      { placeholder: 'name', at: 2 },
      { placeholder: 'version', at: 8 },
      { text: ' b' },
    ]);
  });

  it('has only text in a subject', () => {
    expect(placeholdersOf({ kind: 'RECALL', isSubject: true })).toContain('replacement');
    expect(placeholdersOf({ kind: 'RECALL', isSubject: true })).not.toContain('acknowledge');
  });
});

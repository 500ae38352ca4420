import { describe, expect, it } from 'vitest';
import { checkChangelog, checkEmail, checkName, checkReason } from './field-rules.js';
import { faultOfLine, faultOfParagraphs, isVisible } from './typed-text.js';

const LIMITS = { label: 'The name', maxLength: 200 };

/** Characters that change what others read, each inside an ordinary text. */
const DECEIVING = [
  [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0x206f],
  [0xfff9, 0xe0001, 0xe0020, 0xe007f, 0xd800, 0xdfff],
  [0x00, 0x01, 0x08, 0x0b, 0x1b, 0x7f, 0x80, 0x9f],
].flat();
/** Characters that take no line of their own, or no place at all. */
const NOT_IN_LINE = [0x09, 0x0a, 0x0d, 0x0c, 0x85, 0x2028, 0x2029, 0x200b, 0x2060, 0xfeff, 0xad, 0x180e];

const named = (codes: readonly number[]) => codes.map((code) => [`U+${code.toString(16)}`, String.fromCodePoint(code)] as const);

describe('a one-line text', () => {
  it.each(named([...DECEIVING, ...NOT_IN_LINE]))('is refused with %s in it, wherever it stands', (_name, character) => {
    for (const text of [`${character}ab`, `a${character}b`, `ab${character}`]) {
      expect(faultOfLine(text)).toMatch(/^contains .* \(U\+[0-9A-F]{4,5}\) at position [1-3]: .*\.$/);
      expect(checkName(text, LIMITS)).toMatchObject({ code: 'VALUE_INVALID', message: expect.stringMatching(/^The name contains/) });
    }
  });

  it.each(['\u200b', '\u200d', '\u2800', '\u3164', '\u034f', '\ufe0f', '\u0301', ' \u200c '])(
    'is refused when nobody sees it: %j',
    (text) => {
      expect(isVisible(text)).toBe(false);
      expect(checkName(text, LIMITS)?.code).toBe('VALUE_INVALID');
    },
  );

  it.each([
    'Aurora Studio 2',
    'Größe',
    'می\u200cخواهم',
    'क्\u200dष',
    '👩\u200d💻',
    '❤\ufe0f',
    'שלום',
    'e\u0301',
    '…',
    '日本語',
    '\u200fא',
    'രാമന\u0d4d\u200d',
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  ])('may be %s', (text) => expect(checkName(text, LIMITS)).toBeNull());

  it('may not end in a joiner, which would make it another text that looks the same', () => {
    expect([checkName('App\u200d', LIMITS)?.code, checkName('\u200cApp', LIMITS)?.code]).toEqual(['VALUE_INVALID', 'VALUE_INVALID']);
  });

  it('is an e-mail address only without them', () => {
    for (const [, character] of named([...DECEIVING, ...NOT_IN_LINE])) expect(checkEmail(`a${character}@b.example`)).not.toBeNull();
  });
});

/** Editors put these around Hebrew and Arabic in running text. */
const OF_EDITORS = new Set([0x202a, 0x202b, 0x202c, 0x2066, 0x2067, 0x2068, 0x2069]);

describe('a text with paragraphs', () => {
  it.each(named(DECEIVING.filter((code) => !OF_EDITORS.has(code))))('is refused with %s in it', (_name, character) => {
    const text = `Fixed:\n\n- the crash${character} at start`;
    expect(faultOfParagraphs(text)).toMatch(/^contains .*\.$/);
    expect([checkChangelog(text)?.code, checkReason(text)?.code]).toEqual(['VALUE_INVALID', 'VALUE_INVALID']);
  });

  it('may have embeddings and isolates of the writing direction, which change nothing that stands outside them', () => {
    expect(checkChangelog('תיקון \u2067שגיאה 2.0\u2069 ו\u202bעוד\u202c')).toBeNull();
  });

  it('may have tabs and line breaks of every system', () => {
    expect(checkChangelog('# New\r\n\n\t- tabs\n\n👩\u200d💻 می\u200cخواهم')).toBeNull();
  });
});

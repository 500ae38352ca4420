import { describe, expect, it } from 'vitest';
import { checkAddress, checkQuestion, curlLine, inputOf, queryOf, questionOf } from './update-question';

const WHOLE = {
  product: 'aurora',
  version: '2.3.0',
  platform: 'windows',
  architecture: 'x64',
  channel: 'beta',
  constraint: '2.1',
  license: '01J',
};

describe('the question of an update check', () => {
  it('is in the address as HTTP names it, and comes back from there', () => {
    expect(queryOf(questionOf(WHOLE))).toEqual(WHOLE);
    expect(queryOf(questionOf({ product: 'aurora', version: ' 2.3.0 ' }))).toEqual({ product: 'aurora', version: '2.3.0' });
  });

  it('leaves out of an address what no computer is, and an architecture without its platform', () => {
    expect(questionOf({ ...WHOLE, platform: 'beos' })).toMatchObject({ platform: '', architecture: '' });
    expect(questionOf({ ...WHOLE, architecture: ['x64', 'arm64'] })).toMatchObject({ platform: 'WINDOWS', architecture: '' });
  });

  it('asks the API with what was given, and null for the rest', () => {
    expect(inputOf(questionOf({ product: 'aurora', version: '2.3.0' }))).toEqual({
      product: 'aurora',
      version: '2.3.0',
      channel: null,
      constraint: null,
      platform: null,
      architecture: null,
      licenseId: null,
    });
  });

  it('is one line in a terminal, with the key in its variable or with none', () => {
    const address = 'https://downloads.example.com/api/v1/updates/check?product=aurora&version=2.3.0%2Bbuild.7';
    const question = questionOf({ product: 'aurora', version: '2.3.0+build.7', license: '01J' });
    expect(checkAddress(question, 'https://downloads.example.com')).toBe(address);
    expect(curlLine(question, 'https://downloads.example.com')).toBe(`curl -i -u "license:$LICENSE_KEY" "${address}"`);
    expect(curlLine({ ...question, license: '' }, 'https://downloads.example.com')).toBe(`curl -i "${address}"`);
  });

  it.each([
    [{}, {}],
    [{ product: '' }, { product: /Choose a product/ }],
    [{ version: '' }, { version: /for example 2\.3\.0/ }],
    [{ version: 'nightly' }, { version: /nightly/ }],
    [{ version: '2' }, {}],
    [{ constraint: '^2' }, { constraint: /use 1 \(same major\)/ }],
    [{ constraint: ' ' }, {}],
  ])('with %j is refused as %j', (change, messages) => {
    const found = checkQuestion(questionOf({ ...WHOLE, ...change }));
    expect(Object.keys(found)).toEqual(Object.keys(messages));
    for (const [field, words] of Object.entries(messages)) expect(found[field as keyof typeof found]).toMatch(words);
  });
});

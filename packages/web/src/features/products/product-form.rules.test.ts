import { describe, expect, it } from 'vitest';
import { checkProduct, moveChannel, productValuesOf, slugFrom } from './product-form.rules';

describe('the slug of a product', () => {
  it.each([
    ['Aurora Studio 2', 'aurora-studio-2'],
    ['  Café & Co. ', 'cafe-co'],
    ['--Über_Tool--', 'uber-tool'],
    ['日本', ''],
    ['x'.repeat(80), 'x'.repeat(63)],
  ])('from %j is %j', (name, slug) => {
    expect(slugFrom(name)).toBe(slug);
  });
});

describe('the order of channels', () => {
  const channels = ['stable', 'beta', 'alpha'].map((name) => ({ name, includes: [] }));

  it.each([
    ['alpha', -1, 'stable alpha beta'],
    ['stable', 1, 'beta stable alpha'],
    ['stable', -1, 'stable beta alpha'],
    ['alpha', 1, 'stable beta alpha'],
    ['rc', 1, 'stable beta alpha'],
  ] as const)('with %s moved by %i is %s', (name, step, order) => {
    expect(
      moveChannel(channels, name, step)
        .map((channel) => channel.name)
        .join(' '),
    ).toBe(order);
  });
});

describe('the form of a product', () => {
  const good = { ...productValuesOf(null), name: 'Aurora', slug: 'aurora' };

  it('starts licensed, with the usual channels', () => {
    expect(checkProduct(good)).toEqual({});
    expect(good.distribution).toBe('LICENSED');
    expect(good.channels.map(({ name }) => name)).toContain('stable');
  });

  it.each([
    ['an empty name', { name: ' ' }, 'name'],
    ['a slug with capitals', { slug: 'Aurora' }, 'slug'],
    ['a description without end', { description: 'x'.repeat(2001) }, 'description'],
    ['channels without stable', { channels: [] }, 'channels'],
  ])('refuses %s at its field', (_, change, field) => {
    expect(Object.keys(checkProduct({ ...good, ...change }))).toEqual([field]);
  });
});

it('a note on a platform that is too long is told with its platform, and empty ones are no fault', () => {
  const values = productValuesOf(null);
  values.platformNotes = [
    { platform: 'WINDOWS', requirements: '', installNote: ' ' },
    { platform: 'LINUX', requirements: 'x'.repeat(201), installNote: '' },
  ];
  expect(checkProduct({ ...values, name: 'Aurora', slug: 'aurora' }).platformNotes).toMatch(/Linux.*200/);
});

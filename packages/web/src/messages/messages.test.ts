import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { customerFiles } from './customer-files.cases';
import { textsOfComponent, textsOfModule } from './written-texts.cases';

const root = fileURLToPath(new URL('../', import.meta.url));
/** The catalogue itself, with the rules for dates and numbers, and what is generated. */
const isCatalogue = (file: string): boolean => file.startsWith('messages/') || file === 'ui/date-text.ts' || file.endsWith('.generated.ts');
/** The product's name is the same in every language. */
const NAMES = new Set(['Slipway']);

const files = customerFiles();

it('every text that customers read stands in the messages', () => {
  const texts = files
    .filter((file) => !isCatalogue(file))
    .flatMap((file) => {
      const source = readFileSync(root + file, 'utf8');
      const found = file.endsWith('.vue') ? textsOfComponent(source) : textsOfModule(source);
      return found.filter((text) => !NAMES.has(text)).map((text) => `${file}: ${text}`);
    });
  expect(texts).toEqual([]);
});

it('what the pages of customers load is looked at, the pages of staff are not', () => {
  const pages = ['portal/home/HomePage', 'accounts/EnrolDialog', 'session/LoginPage', 'sharing/SharedPage', 'notices/NoticeBell'];
  expect(files).toEqual(expect.arrayContaining([...pages.map((page) => `features/${page}.vue`), 'ui/CopyButton.vue', 'router.ts']));
  expect(files.filter((file) => /Admin|features\/(?:settings|downloadables)\/|ShareLinks/.test(file))).toEqual([]);
});

it('every message is shown somewhere', () => {
  const catalogue = import.meta.glob<Readonly<Record<string, unknown>>>(['./*.ts', '!./*.test.ts', '!./*.cases.ts'], { eager: true });
  const code = Object.values(
    import.meta.glob<string>(['../**/*.{vue,ts}', '!../**/*.{test,generated}.ts'], { eager: true, query: '?raw', import: 'default' }),
  ).join('\n');
  const keys = Object.values(catalogue).flatMap((one) =>
    Object.entries(one).flatMap(([name, value]) => (name.endsWith('Messages') ? keysOf(value as object) : [])),
  );
  expect(keys.length).toBeGreaterThan(300);
  expect(keys.filter((key) => !new RegExp(`\\.${key}\\b`).test(code))).toEqual([]);
});

const keysOf = (messages: object): readonly string[] =>
  Object.entries(messages).flatMap(([key, value]: [string, unknown]) => (typeof value === 'object' && value ? keysOf(value) : [key]));

describe('what counts as a text', () => {
  it.each([
    ['a text in a template', '<p>All {{ count }} files</p>', ['All', 'files']],
    ['an attribute that people hear', '<p aria-label="Files" class="All files"></p>', ['Files']],
    ['a text in an expression that is shown', "<p>{{ isOpen ? 'open' : words.closed }}</p>", ['open']],
    ['a text in a bound attribute', '<p :title="isOpen ? `${count} files` : words.none"></p>', [' files']],
    ['a text in what a button does', '<p @click="notify(\'It is done.\')"></p>', ['It is done.']],
    ['what is counted', "<p>{{ countText(count, 'file') }}</p>", ['file']],
    ['not what is compared, looked up or typed', "<p>{{ kind === 'open' ? at('name') : list['all'] }} <code>curl</code></p>", []],
    ['not classes', "<p :class=\"isOpen ? 'px-4 text-muted' : 'hidden'\"></p>", []],
  ])('%s', (_, template, texts) => expect(textsOfComponent(`<template>${template}</template>`)).toEqual(texts));

  it.each([
    ['a sentence', "notify.success('Your choice is saved.')", ['Your choice is saved.']],
    ['a label', "const items = [{ label: 'Rename' }]", ['Rename']],
    ['words around what is filled in', 'const text = `${name} is an owner now`', [' is an owner now']],
    ['not types, imports and faults', "import a from 'Every text'; type A = 'One more'; throw new RangeError('Not a day')", []],
    ['not classes, selectors and commands', "const a = ['px-4 md:grid', 'main h1', 'curl -L -O']", []],
    ['not names of events and keys', "on('close', 'Escape' === key, 'ACTIVE')", []],
  ])('%s in a script', (_, script, texts) => {
    expect(textsOfModule(script)).toEqual(texts);
    expect(textsOfComponent(`<script setup lang="ts">\n${script}\n</script>`)).toEqual(texts);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'vue/compiler-sfc';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
/** Pages of customers whose texts all stand in this folder. */
const FOLDERS = ['features/portal'];
/** What is for staff in them: the console's own words stay where they are shown. */
const FOR_STAFF = new Set(['LensBanner.vue', 'MissingLens.vue']);
/** Attributes that people read or hear. */
const READ = /^(?:aria-label|label|title|placeholder|alt|text|message)$/;

/** What of Vue's syntax tree is looked at: 1 is an element, 2 a text; of its props 6 is an attribute as it stands. */
interface TemplateNode {
  readonly type: number;
  readonly content?: unknown;
  readonly props?: readonly { readonly type: number; readonly name: string; readonly value?: { readonly content: string } }[];
  readonly children?: readonly TemplateNode[];
}
const TEXT = 2;
const ATTRIBUTE = 6;

/** The texts of a component's template that are written there. */
function textsIn(source: string): string[] {
  const found: string[] = [];
  const note = (text: string): void => void (/\p{L}/u.test(text) && found.push(text.trim()));
  const visit = ({ type, content, props = [], children = [] }: TemplateNode): void => {
    if (type === TEXT && typeof content === 'string') note(content);
    for (const prop of props) if (prop.type === ATTRIBUTE && READ.test(prop.name)) note(prop.value?.content ?? '');
    children.forEach(visit);
  };
  (parse(source).descriptor.template?.ast?.children as readonly TemplateNode[] | undefined)?.forEach(visit); // its own types are a package of their own
  return found;
}

it('no text that customers read in the portal stands outside of the messages', () => {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.vue') && !FOR_STAFF.has(file.split('/').at(-1) ?? ''))
      .map((file) => `${folder}/${file}`),
  );
  expect(files.length).toBeGreaterThan(10);
  expect(files.flatMap((file) => textsIn(readFileSync(root + file, 'utf8')).map((text) => `${file}: ${text}`))).toEqual([]);
});

it('a text in a template, and in what is read of its attributes, is found', () => {
  expect(textsIn('<template><p aria-label="Files">All {{ count }} files <b :title="one">{{ two }}</b></p></template>')).toEqual([
    'Files',
    'All',
    'files',
  ]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Kind, parse, visit, type FieldNode } from 'graphql';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.graphql'));

/** As many as a glance takes in: a list that shows no more than these is a preview, and leads to the whole. */
const PREVIEW = 10;

const selects = (field: FieldNode, name: string): FieldNode | undefined =>
  field.selectionSet?.selections.find((one): one is FieldNode => one.kind === Kind.FIELD && one.name.value === name);

/** Whether the rest of a list can be reached, or is at least counted. */
function tellsOfTheRest(field: FieldNode): boolean {
  const isPaged = field.arguments?.some(({ name, value }) => name.value === 'after' && value.kind === Kind.VARIABLE);
  const ofList = (list: FieldNode): boolean => {
    const pageInfo = selects(list, 'pageInfo');
    return (isPaged && pageInfo && selects(pageInfo, 'hasNextPage') !== undefined) || selects(list, 'totalCount') !== undefined;
  };
  // What is asked may be an object that has the list.
  const inside = field.selectionSet?.selections.filter((one): one is FieldNode => one.kind === Kind.FIELD) ?? [];
  return ofList(field) || inside.some(ofList);
}

/** Lists of which a fixed number is asked for and the rest is lost. */
function silentEnds(text: string): string[] {
  const found: string[] = [];
  visit(parse(text), {
    Field: (field) => {
      const first = field.arguments?.find(({ name }) => name.value === 'first')?.value;
      if (first?.kind === Kind.INT && Number(first.value) > PREVIEW && !tellsOfTheRest(field)) found.push(field.name.value);
    },
  });
  return found;
}

it('no list that a page asks for ends in silence: it has a next page, or tells how many there are', () => {
  expect(files.length).toBeGreaterThan(10);
  const found = files.flatMap((file) => silentEnds(readFileSync(root + file, 'utf8')).map((field) => `${file}: ${field}`));
  expect(found).toEqual([]);
});

it('a list that asks for a hundred and no more is found', () => {
  expect(silentEnds('{ products(first: 100) { nodes { id } } }')).toEqual(['products']);
  expect(silentEnds('query($after: String) { products(first: 100, after: $after) { nodes { id } } }')).toEqual(['products']);
});

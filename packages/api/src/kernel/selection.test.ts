import { parse, Kind, type FieldNode, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { selectionOf, type Selection } from './selection.js';

/** What is selected of the fields that stand at the top of an operation. */
function selectedOf(text: string): Selection {
  const { definitions } = parse(text);
  const operation = definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
  const fragments = definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  const fieldNodes = operation?.selectionSet.selections.filter((one): one is FieldNode => one.kind === Kind.FIELD) ?? [];
  return selectionOf({ fieldNodes, fragments: Object.fromEntries(fragments.map((one) => [one.name.value, one])) });
}
const names = (selection: Selection): unknown => Object.fromEntries(selection.names.map((name) => [name, names(selection.below(name))]));

describe('what a request selects', () => {
  it.each([
    ['{ list { id } }', { id: {} }],
    ['{ list { id again: id } }', { id: {} }],
    ['{ list { a: files { id } b: files { size } } }', { files: { id: {}, size: {} } }],
    ['{ list { ...Row } } fragment Row on Row { id ...More } fragment More on Row { files { id } }', { id: {}, files: { id: {} } }],
    ['{ list { ... on Row { id } ... { name } } }', { id: {}, name: {} }],
    [
      '{ list { id @skip(if: true) name @include(if: false) ...Row @include(if: false) } } fragment Row on Row { x }',
      { id: {}, name: {}, x: {} },
    ],
    ['{ list { id } list { name } }', { id: {}, name: {} }],
    ['{ list { ...Gone } }', {}],
  ])('of %s is %j', (text, expected) => {
    expect(names(selectedOf(text))).toEqual(expected);
  });

  it('is looked for along a path, and held against what is enough', () => {
    const selection = selectedOf('{ list { nodes { files { id size } } } }');
    const files = selection.below('nodes', 'files');
    const nothing = selection.below('edges', 'node', 'files');
    expect([names(files), names(nothing)]).toEqual([{ id: {}, size: {} }, {}]);
    expect([files.isWithin(new Set(['id', 'size', 'name'])), files.isWithin(new Set(['id'])), nothing.isWithin(new Set(['id']))]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is told at once where fragments lead along more paths than could be walked', () => {
    const count = 100;
    const nested = (body: (next: string) => string): string =>
      Array.from({ length: count }, (_, index) => `fragment F${index} on Row { ${body(`...F${index + 1}`)} }`).join(' ');
    const last = `fragment F${count} on Row { id }`;
    const spread = selectedOf(`{ list { ...F0 } } ${nested((next) => `${next} ${next}`)} ${last}`);
    expect(spread.names).toEqual(['id']);
    const deep = selectedOf(`{ list { ...F0 } } ${nested((next) => `one { ${next} } other { ${next} }`)} ${last}`);
    expect(deep.below('one', 'other').names).toEqual(['one', 'other']);
  });
});

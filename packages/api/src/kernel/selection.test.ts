import { parse, Kind, type FieldNode, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { below, isWithin, selectionOf, type Selection } from './selection.js';

/** What is selected of the fields that stand at the top of an operation. */
function selectedOf(text: string): Selection {
  const { definitions } = parse(text);
  const operation = definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
  const fragments = definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  const fieldNodes = operation?.selectionSet.selections.filter((one): one is FieldNode => one.kind === Kind.FIELD) ?? [];
  return selectionOf({ fieldNodes, fragments: Object.fromEntries(fragments.map((one) => [one.name.value, one])) });
}
const names = (selection: Selection): unknown => Object.fromEntries([...selection].map(([name, at]) => [name, names(at)]));

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
    expect(names(below(selection, 'nodes', 'files'))).toEqual({ id: {}, size: {} });
    expect(names(below(selection, 'edges', 'node', 'files'))).toEqual({});
    const files = below(selection, 'nodes', 'files');
    expect([
      isWithin(files, new Set(['id', 'size', 'name'])),
      isWithin(files, new Set(['id'])),
      isWithin(new Map(), new Set(['id'])),
    ]).toEqual([true, false, false]);
  });
});

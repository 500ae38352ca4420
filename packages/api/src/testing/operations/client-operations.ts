import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Kind,
  OperationTypeNode,
  parse,
  print,
  visit,
  type DefinitionNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';

const WEB = join(import.meta.dirname, '../../../../web/src');
const BENCH = join(import.meta.dirname, '../../../bench/drive/works.ts');

/** The queries of the web client, each with the fragments that it uses; mutations are never compiled. */
export function webQueries(): readonly string[] {
  const files = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.graphql'));
  const { definitions } = parse(files.map((file) => readFileSync(join(WEB, file), 'utf8')).join('\n'));
  const fragments = new Map(definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])));
  return definitions
    .filter((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION && one.operation === OperationTypeNode.QUERY)
    .map((operation) => [operation, ...usedFragments(operation, fragments)].map(print).join('\n'));
}

function usedFragments(from: DefinitionNode, all: ReadonlyMap<string, FragmentDefinitionNode>): ReadonlySet<FragmentDefinitionNode> {
  const used = new Set<FragmentDefinitionNode>();
  const collect = (node: DefinitionNode): void =>
    void visit(node, {
      FragmentSpread({ name }) {
        const fragment = all.get(name.value);
        if (!fragment || used.has(fragment)) return;
        used.add(fragment);
        collect(fragment);
      },
    });
  collect(from);
  return used;
}

export interface AskedQuery {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What the benchmark asks, one question of each kind. */
export async function benchQueries(): Promise<readonly AskedQuery[]> {
  // By its path: the product does not depend on its benchmark.
  const { growthWorks } = (await import(BENCH)) as { growthWorks: (releases: number) => { questions: { product: Buffer }[] }[] };
  const bodies = growthWorks(1_000).map(({ questions }) => questions[0]?.product.toString().split('\r\n\r\n')[1] ?? '');
  const asked = bodies.map((body) => JSON.parse(body) as AskedQuery);
  return [...new Map(asked.map((one) => [one.query, one])).values()].filter(({ query }) => query.startsWith('query'));
}

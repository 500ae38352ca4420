import { LIMITS } from '../../kernel/limits/limits.js';
import { makeDraft, makeProduct } from '../make.js';
import { draftRevisionOf, insertManyFiles } from '../many-files.js';
import { errorOf, type LimitProbe, type SeenRefusal } from './probe.js';
import type { Harness } from '../harness.js';

const asks =
  (query: string): LimitProbe['exceed'] =>
  async ({ nobody }) =>
    errorOf(await nobody.graphql(query));

const nested = (levels: number): string =>
  `{ products { nodes ${'{ latest { product '.repeat((levels - 2) / 2)}{ id ${'} } '.repeat((levels - 2) / 2)}} } }`;
const TYPES = 'type { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ';
const manyOf = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** A file whose side files are all the others: each of them leads to all of them. */
async function askForEveryFileOfEveryFile(harness: Harness): Promise<SeenRefusal | null> {
  const { id } = await makeDraft(harness.admin);
  const nameOf = (index: number): string => (index === 0 ? 'app.exe' : `app.exe${manySuffixes(index)}`);
  await insertManyFiles(harness.database, await draftRevisionOf(harness.database, id), { count: LIMITS.filesPerRelease.most, nameOf });
  return errorOf(
    await harness.admin.graphql('query($id: ID!) { downloadable(id: $id) { assets { mainFile { sideFiles { id } } } } }', { id }),
  );
}

const SUFFIXES = ['.sig', '.asc', '.minisig', '.sha256', '.sha512', '.blockmap'];
const manySuffixes = (index: number): string => [...index.toString(6)].map((digit) => SUFFIXES[Number(digit)]).join('');

async function askForLongTexts({ admin }: Harness): Promise<SeenRefusal | null> {
  const { id: productId } = await makeProduct(admin);
  const changelog = 'x'.repeat(LIMITS.changelogLength.most);
  for (let count = 0; count < 30; count += 1) await makeDraft(admin, { productId, changelog });
  const query = 'query($id: ID!) { product(id: $id) { downloadables(first: 30) { nodes { a: changelog b: changelog c: changelog } } } }';
  return errorOf(await admin.graphql(query, { id: productId }));
}

async function sendLongBody({ nobody }: Harness): Promise<SeenRefusal> {
  const body = JSON.stringify({ query: `{ vendor { name } } # ${'x'.repeat(LIMITS.requestBytes.most)}` });
  const reply = await nobody.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { errors } = (await reply.json()) as { errors: { message: string; extensions: { code: string } }[] };
  return { code: errors[0]?.extensions.code ?? '', message: errors[0]?.message ?? '', status: reply.status };
}

/** Limits of single queries. */
export const QUERY_LIMITS = {
  queryDepth: { exceed: asks(nested(12)) },
  introspectionDepth: { exceed: asks(`{ __schema { types { fields { ${TYPES}${TYPES} name ${'} '.repeat(20)}} } } }`) },
  introspectionLists: {
    exceed: asks('{ __schema { types { fields { type { fields { name } } } } } }'),
    names: 'the fields of the types of fields',
  },
  queryAliases: { exceed: asks(`{ ${manyOf(16, (index) => `a${index}: __typename`)} }`) },
  queryTokens: { exceed: asks(`{ ${manyOf(2_000, () => '__typename')} }`) },
  repeatedNames: { exceed: asks(`{ ${manyOf(101, () => '__typename')} }`) },
  queryObjects: { exceed: asks('{ products(first: 100) { nodes { downloadables(first: 100) { nodes { id } } } } }') },
  queryBytes: { exceed: asks('{ products(first: 30) { nodes { downloadables(first: 50) { nodes { changelogHtml } } } } }'), names: '5 MB' },
  replyBytes: { exceed: askForLongTexts, names: '5 MB' },
  replyObjects: { exceed: askForEveryFileOfEveryFile },
  requestBytes: { exceed: sendLongBody, names: '512 kB' },
  pageSize: { exceed: asks('{ products(first: 101) { nodes { id } } }') },
} satisfies Record<string, LimitProbe>;

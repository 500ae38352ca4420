import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import {
  ERROR_CODES,
  FAULTS,
  FIELD_RULES,
  OTHER_RULES,
  REFUSED_DOWNLOADS,
  SIGNED_URLS,
  TRANSPORT,
} from '../../kernel/problem/error-codes.js';

type Codes = Readonly<Record<string, { readonly cause: string; readonly fix: string }>>;

const table = (codes: Codes): string => `| code | cause | fix |
| --- | --- | --- |
${Object.entries(codes)
  .map(([code, { cause, fix }]) => `| \`${code}\` | ${cause} | ${fix} |`)
  .join('\n')}`;

const { ALLOWED: _, ...refused } = REFUSED_DOWNLOADS;

const page = `# Errors

Every error has a code that never changes its meaning, and a sentence that says what is wrong and what to do. Go by the code, show the
sentence. Written from \`packages/api/src/kernel/problem/error-codes.ts\` by \`pnpm --filter @slipway/api vitest run errors-page -u\`.

## Whole requests

In \`extensions.code\` of a GraphQL error, and in \`code\` of the problem+json of a route, each with a \`requestId\` under which the log
has it. A bulk mutation answers with them for single objects, too.

${table(FAULTS)}

## HTTP

In the problem+json of a route.

${table(TRANSPORT)}

## Signed URLs of the embedded store

${table(SIGNED_URLS)}

## Refused downloads

In \`EntitlementDecision.code\`, in \`userErrors\` of \`createDownload\`, and in the problem+json of a download. \`params\` has the details
named here.

${table(refused)}

## Field rules

In \`userErrors { code message field params }\` of a mutation, and in the problem+json of an upload. What is called a warning stops
nothing: the publish checklist shows it.

${table(FIELD_RULES)}

## Other rules

${table(OTHER_RULES)}
`;

it('the page about errors says what the table says', async () => {
  await expect(page).toMatchFileSnapshot('../../../../../docs/errors.md');
});

it('every code of the table is one that something answers with', () => {
  const packages = fileURLToPath(new URL('../../../../', import.meta.url));
  const sources = ['api', 'shared'].flatMap((name) =>
    readdirSync(`${packages}${name}/src`, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\.cases\.ts$|error-codes\.ts$|\.generated\.ts$|^testing\//.test(path))
      .map((path) => readFileSync(`${packages}${name}/src/${path}`, 'utf8')),
  );
  const isUsed = (code: string): boolean =>
    sources.some((source) => source.includes(`'${code}'`) || new RegExp(`\\b${code}:`).test(source));
  expect(Object.keys({ ...ERROR_CODES, ...TRANSPORT, ...SIGNED_URLS }).filter((code) => !isUsed(code))).toEqual([]);
});

// Writes src/graphql/documents.generated.ts: one typed document per operation in src/**/*.graphql, checked against the API's schema.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { parse } from 'graphql';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = `${root}src/graphql/documents.generated.ts`;
const files = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.graphql'));
const documents = files.sort().map((file) => ({ location: file, document: parse(readFileSync(`${root}src/${file}`, 'utf8')) }));
const scalars = { ID: 'string', DateTime: 'string', CalendarDate: 'string', ByteSize: 'number', JSONObject: 'Record<string, unknown>' };
const config = { scalars, enumType: 'string-literal', skipTypename: true, useTypeImports: true };

const source = await codegen({
  filename: output,
  schema: parse(readFileSync(`${root}../api/schema.graphql`, 'utf8')),
  documents,
  config,
  plugins: [{ operations: {} }, { typedDocumentNode: {} }],
  pluginMap: { operations, typedDocumentNode },
});
writeFileSync(output, source);

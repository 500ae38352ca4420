/**
 * Puts the compiled server and its libraries into a few files, so that a start reads some large files instead of a
 * thousand small ones: half the time to the first answer. Packages with native parts stay packages. What the S3 store
 * needs is a file of its own, loaded only where S3 is used.
 */
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const folder = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Optional to the libraries that name them, and not used here. */
const OPTIONAL = ['class-validator'];

/**
 * `keepNames` sets the name of every function made at run time, closures too: a twentieth of a request's time. Almost all
 * have it already, and reading is cheap.
 */
const NAMING = 'var __name = (target, value) => __defProp(';
const namesWhereNeeded = {
  name: 'names-where-needed',
  renderChunk: (code) =>
    code.includes(NAMING) ? code.replace(NAMING, `var __name = (target, value) => target.name === value ? target : __defProp(`) : null,
};

const bundle = await rolldown({
  input: folder('dist/modules/main.js'),
  platform: 'node',
  plugins: [namesWhereNeeded],
  // Libraries check more while developing; graphql does so at every type.
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  external: [/^node:/, /^@node-rs\//, /^@photostructure\//, ...OPTIONAL],
});
await bundle.write({
  dir: folder('dist'),
  format: 'esm',
  // GraphQL types are named after their classes.
  keepNames: true,
  entryFileNames: 'main.js',
  chunkFileNames: 'chunks/[name]-[hash].js',
});
await bundle.close();

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

const bundle = await rolldown({
  input: folder('dist/modules/main.js'),
  platform: 'node',
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

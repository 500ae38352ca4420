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

/**
 * Node keeps a source with one character beyond Latin-1 in two bytes for each, all of its megabytes. Such characters stand in texts and
 * expressions only, where an escape means the same.
 */
const asciiOnly = {
  name: 'ascii-only',
  // After everything else: what shortens the code writes them out again.
  generateBundle: (_options, bundle) => {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk')
        file.code = file.code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  },
};

const bundle = await rolldown({
  input: folder('dist/modules/main.js'),
  platform: 'node',
  plugins: [namesWhereNeeded, asciiOnly],
  // Libraries check more while developing; graphql does so at every type.
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  external: [/^node:/, /^@node-rs\//, /^@photostructure\//, ...OPTIONAL],
});
await bundle.write({
  dir: folder('dist'),
  format: 'esm',
  // GraphQL types are named after their classes.
  keepNames: true,
  // Names stay as they are: the stack of a fault shall be read.
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  entryFileNames: 'main.js',
  chunkFileNames: 'chunks/[name]-[hash].js',
});
await bundle.close();

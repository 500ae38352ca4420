// Adds up what a browser loads until a page is ready, gzipped, from the manifest of the build, and fails above the budget.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'));
const KB = 1_000;
const EXPLORER = /explorer|codemirror/i;
/** What the shell of the console loads by itself, soon after the page. */
const DOCK = 'src/features/downloadables/uploads/UploadDock.vue';

const pages = [
  { name: 'Console: downloadables', file: 'admin/downloadables.html', late: [DOCK], limitKb: 170 },
  { name: 'Console: overview', file: 'admin.html', late: [DOCK], limitKb: 170 },
  { name: 'Console: one downloadable', file: 'admin/downloadables/_.html', late: [DOCK], limitKb: 170 },
  { name: 'Portal: products', file: 'portal/downloads.html', late: [], limitKb: 140 },
  { name: 'Portal: one product', file: 'portal/downloads/_.html', late: [], limitKb: 140 },
];

/** @returns the files that the page names, and those of what it loads by itself */
function filesOf({ file, late }) {
  const seen = new Set(readFileSync(dist + file, 'utf8').match(/assets\/[\w.-]+/g));
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`${key} is not in the build. Correct tools/budget.mjs, which says what a page loads.`);
    if (seen.has(chunk.file)) return;
    seen.add(chunk.file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  late.forEach(visit);
  return [...seen];
}

const bytesOf = (files, ending) =>
  files.filter((file) => file.endsWith(ending)).reduce((sum, file) => sum + gzipSync(readFileSync(dist + file)).length, 0);

const all = readdirSync(`${dist}assets`)
  .filter((file) => !EXPLORER.test(file))
  .map((file) => `assets/${file}`);
const figures = pages.map((page) => ({
  name: `${page.name}, initial JS`,
  bytes: bytesOf(filesOf(page), '.js'),
  limitKb: page.limitKb,
}));
// What every page loads; the look of toasts comes with the first of them.
figures.push({ name: 'CSS of a page', bytes: bytesOf(filesOf(pages[0]), '.css'), limitKb: 15 });
figures.push({ name: 'All CSS', bytes: bytesOf(all, '.css'), limitKb: 18 });
// No page loads all of it: it grows with every page that comes, and the limit says that each came at a small price.
figures.push({ name: 'All JS without the explorer', bytes: bytesOf(all, '.js'), limitKb: 640 });

process.stdout.write('Budget of the web app, kB gzip:\n');
for (const { name, bytes, limitKb } of figures) {
  const verdict = bytes > limitKb * KB ? 'OVER' : 'ok';
  process.stdout.write(`  ${name.padEnd(40)}${(bytes / KB).toFixed(1).padStart(6)} of ${String(limitKb).padEnd(4)} ${verdict}\n`);
  if (verdict === 'OVER') process.exitCode = 1;
}

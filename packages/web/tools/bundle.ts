import { fileURLToPath } from 'node:url';
import type { Rolldown } from 'vite';

const src = fileURLToPath(new URL('../src/', import.meta.url));

/** @param module a path in src @returns the files that a browser loads before this module runs: its own first */
export function chunksOf(module: string, all: readonly Rolldown.OutputChunk[]): readonly Rolldown.OutputChunk[] {
  const byFile = new Map(all.map((chunk) => [chunk.fileName, chunk]));
  const found = new Set<Rolldown.OutputChunk>();
  const visit = (chunk: Rolldown.OutputChunk | undefined): void => {
    if (!chunk || found.has(chunk)) return;
    found.add(chunk);
    chunk.imports.forEach((file) => visit(byFile.get(file)));
  };
  const own = all.find(({ moduleIds }) => moduleIds.includes(src + module));
  if (!own) throw new Error(`Nothing was built for ${module}. Correct tools/first-pages.json, which says what the pages are made of.`);
  visit(own);
  return [...found];
}

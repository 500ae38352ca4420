import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a test replaces for every file of its worker: the clock, what the browser gives, a module. */
const REPLACES = /\bvi\.(?:stub|useFake|mock|doMock)/;

/** Test files that replace what others would find replaced, by their paths from the package. */
export function listApart(folder: string): string[] {
  return readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `src/${name}`)
    .filter((path) => REPLACES.test(readFileSync(join(folder, path), 'utf8')));
}

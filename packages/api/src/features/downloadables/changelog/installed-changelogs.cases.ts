import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const STORE = fileURLToPath(new URL('../../../../../../node_modules/.pnpm/', import.meta.url));
const LONGEST = 64_000;
const NAMES = /^(?:changelog|changes|history|releases?)(?:\.md|\.markdown)$/i;

const folders = (parent: string): string[] => (existsSync(parent) ? readdirSync(parent).map((name) => `${parent}/${name}`) : []);

/** Folders of the packages in a store, those of a scope as well. */
const packages = folders(STORE)
  .flatMap((entry) => folders(`${entry}/node_modules`))
  .flatMap((path) => (/\/@[^/]+$/.test(path) ? folders(path) : [path]));

/** Changelogs that the installed packages ship, up to the length that a release may have. */
export const INSTALLED_CHANGELOGS: readonly string[] = [
  ...new Set(
    packages.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => NAMES.test(name))
        .map((name) => readFileSync(`${folder}/${name}`, 'utf8').slice(0, LONGEST)),
    ),
  ),
];

const RELEASE_HEADING = /^#{1,3} .*\d+\.\d+.*$/m;

/** What they say of one release each: the text between two headings that name a version. */
export const INSTALLED_RELEASES: readonly string[] = INSTALLED_CHANGELOGS.flatMap((text) =>
  text
    .split(/^(?=#{1,3} .*\d+\.\d+)/m)
    .filter((part) => RELEASE_HEADING.test(part.split('\n', 1)[0] ?? ''))
    .map((part) => part.slice(part.indexOf('\n') + 1).trim())
    .filter((part) => part !== ''),
);

/**
 * A file of its own for each page that people open first: it names the code that the page is made of and what the page asks first, so that
 * the browser fetches all of it at once instead of one after the other, and it shows the frame of the page meanwhile.
 */
import { addTypenameToDocument } from '@apollo/client/utilities';
import { Kind, print } from 'graphql';
import { runnerImport, type InlineConfig, type Plugin } from 'vite';
import type { FirstQuery } from '../src/first-queries.ts';
import { chunksOf } from './bundle.ts';
import pages from './first-pages.json' with { type: 'json' };

type FirstQueries = typeof import('../src/first-queries.ts');

/** As SlipwayMark.vue, before there is Vue. Its text makes the browser load the font before the page needs it. */
const markOf = (name: string, mark = ''): string =>
  `<span${mark} class="inline-flex max-w-full min-w-0 items-center gap-2.5 text-base font-semibold tracking-tight">` +
  '<svg viewBox="0 0 24 24" fill="none" class="size-6 shrink-0" aria-hidden="true"><rect width="24" height="24" rx="6" class="fill-accent" />' +
  '<path d="M5 8.5h14L16.8 14H7.2L5 8.5Z" class="fill-on-accent" />' +
  '<path d="M4.5 17.75 19.5 16" class="stroke-on-accent" stroke-width="1.6" stroke-linecap="round" /></svg>' +
  `<span class="min-w-0 truncate">${name}</span></span>`;
/** The vendor's stylesheet puts the logo in its place, as in VendorMark.vue. */
const FIRST = ' data-mark="first"';
/** The frames of AdminShell.vue and PortalShell.vue, with the mark where they have it. */
const CONSOLE_FRAME =
  `<div class="fixed inset-y-0 left-0 hidden w-56 border-r border-line bg-sunken p-3 md:block"><div class="flex h-11 items-center px-2">${markOf('Slipway')}</div></div>` +
  '<div class="flex h-14 items-center gap-1 border-b border-line bg-sunken px-2 md:hidden"><span class="size-11"></span>' +
  `<span class="flex h-11 items-center px-1">${markOf('Slipway')}</span></div>`;
const PORTAL_FRAME = `<div class="border-b border-line"><div class="mx-auto flex h-14 max-w-5xl items-center px-4">${markOf('Downloads', FIRST)}</div><div class="h-11 md:hidden"></div></div>`;

/** Finds the queries above it when it runs. */
const START = '<script src="/start.js">';

function frameOf(path: string): string {
  if (path.startsWith('admin')) return CONSOLE_FRAME;
  return path.startsWith('portal') ? PORTAL_FRAME : '';
}

function blockOf(queries: readonly FirstQuery[]): string {
  const asked = queries.map(({ document, variables, isOfPlainAddress, pathVariable }) => {
    const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
    return {
      operationName: operation?.name?.value,
      variables,
      query: print(addTypenameToDocument(document)).replaceAll(/\s+/g, ' '),
      ...(isOfPlainAddress && { isOfPlainAddress }),
      ...(pathVariable && { pathVariable }),
    };
  });
  return `<script type="application/json" id="first-queries">${JSON.stringify(asked)}</script>`;
}

/** @param config how to read the modules of the app, which says what its pages ask */
export function pageFiles(config: InlineConfig): Plugin {
  return {
    name: 'slipway:page-files',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const { module } = await runnerImport<FirstQueries>('/src/first-queries.ts', { ...config, configFile: false });
        const index = bundle['index.html'];
        if (index?.type !== 'asset') throw new Error('There is no index.html to make the pages of.');
        const html = String(index.source);
        const all = Object.values(bundle).filter((one) => one.type === 'chunk');
        for (const [path, modules] of Object.entries(pages)) {
          const files = new Set(modules.flatMap((one) => chunksOf(one, all).map(({ fileName }) => fileName)));
          const links = [...files]
            .filter((file) => !html.includes(file))
            .map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`);
          const source = html
            .replace(START, () => `${blockOf([module.VIEWER_QUERY, ...(module.FIRST_QUERIES[path] ?? [])])}\n    ${START}`)
            .replace('</head>', () => `  ${links.join('\n    ')}\n  </head>`)
            .replace('<div id="app">', () => `<div id="app">${frameOf(path)}`);
          this.emitFile({ type: 'asset', fileName: `${path}.html`, source });
        }
      },
    },
  };
}

/**
 * Which modules travel together. By itself the bundler makes a file of every module that two pages share, and a page in fifty small files
 * waits for them in nine rounds (six connections). So the app is bundled once to learn what each page really needs, and then again in few files.
 */
import { build, type InlineConfig, type Plugin, type Rolldown } from 'vite';
import { chunksOf } from './bundle.ts';

/** The GraphQL client and what it stands on: half of what every page needs, in a file of its own, because two load faster than one. */
const GRAPHQL = /node_modules\/(@apollo|graphql|rxjs|optimism|@wry|tslib)/;
const SHELL = 'shell/AdminShell.vue';
/** Where staff land: what it needs comes with the shell, but for its own file. */
const LANDING = 'features/downloadables/DownloadablesPage.vue';
/** Other pages of the console: what two of them need comes with the shell. The other lists are made like that of the customers. */
const OTHERS = [
  'features/downloadables/DownloadablePage.vue',
  'features/overview/OverviewPage.vue',
  'features/customers/CustomersPage.vue',
];
const VISITORS_SHELL = 'shell/PortalShell.vue';
/** What a customer opens first: all products, or one. What both need comes in one file, what one needs comes with it. */
const VISITORS_HOME = ['features/portal/home/HomePage.vue'];
const VISITORS_PRODUCT = ['features/portal/product/ProductPage.vue', 'features/portal/product/DownloadTab.vue'];

/** @returns names the file that a module goes into; null: as the bundler sees fit */
async function planChunks(config: InlineConfig): Promise<(id: string) => string | null> {
  const once: InlineConfig = { ...config, configFile: false, logLevel: 'warn', build: { ...config.build, write: false } };
  const { output } = (await build(once)) as Rolldown.RolldownOutput; // one output, not watched
  const all = output.filter((one) => one.type === 'chunk');
  const modulesOf = (page: string): ReadonlySet<string> => new Set(chunksOf(page, all).flatMap(({ moduleIds }) => moduleIds));
  const [app, shell, landing] = [modulesOf('main.ts'), modulesOf(SHELL), modulesOf(LANDING)];
  const others = OTHERS.map(modulesOf);
  const [frame, home, product] = [[VISITORS_SHELL], VISITORS_HOME, VISITORS_PRODUCT].map(
    (pages) => new Set(pages.flatMap((page) => [...modulesOf(page)])),
  );
  const landingFile = new Set(chunksOf(LANDING, all)[0]?.moduleIds);
  return (id) => {
    const isWithShell =
      shell.has(id) || (landing.has(id) && !landingFile.has(id)) || others.filter((modules) => modules.has(id)).length > 1;
    const isInConsole = isWithShell || landing.has(id) || others.some((modules) => modules.has(id));
    const isForVisitors = [frame, home, product].some((modules) => modules?.has(id));
    const isOfBoth = frame?.has(id) || (home?.has(id) && product?.has(id));
    if (app.has(id) || (isInConsole && isForVisitors)) return GRAPHQL.test(id) ? 'graphql' : 'app';
    if (isOfBoth) return 'portal';
    if (isForVisitors) return home?.has(id) ? null : 'product';
    return isWithShell ? 'console' : null;
  };
}

/** What every first page runs; a page itself is small. */
const RUN_AT_ONCE = new Set(['index', 'graphql', 'console', 'portal', 'product']);
/**
 * Tells Chromium to compile the whole file while it loads, beside the main thread, instead of function by function while the page starts
 * (https://v8.dev/blog/explicit-compile-hints): a phone's first list stands 300 ms sooner. To others it is a comment.
 */
const COMPILE_AT_ONCE = '//# allFunctionsCalledOnLoad\n';

/** @param config how to bundle the app by itself */
export function pageChunks(config: InlineConfig): Plugin {
  return {
    name: 'slipway:page-chunks',
    apply: 'build',
    enforce: 'post',
    async config() {
      const groups = [{ name: await planChunks(config), debugName: 'pages', includeDependenciesRecursively: false }];
      return { build: { rolldownOptions: { output: { codeSplitting: { groups } } } } };
    },
    // Last of all, because it counts only on the first line, where Vite puts a list of files of its own.
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const chunk of Object.values(bundle))
          if (chunk.type === 'chunk' && RUN_AT_ONCE.has(chunk.name)) chunk.code = COMPILE_AT_ONCE + chunk.code;
      },
    },
  };
}

/**
 * Which modules travel together. By itself the bundler makes a file of every module that two pages share, and a page in fifty small files
 * waits for them in nine rounds (six connections). So the app is bundled once to learn what each page really needs, and then again in few files.
 */
import { build, type InlineConfig, type Plugin, type Rolldown } from 'vite';
import { chunksOf } from './bundle.ts';

const SHELL = 'shell/AdminShell.vue';
/** The most used pages of the console; the other lists are made like that of the customers. */
const CONSOLE = [
  'features/downloadables/DownloadablesPage.vue',
  'features/downloadables/DownloadablePage.vue',
  'features/overview/OverviewPage.vue',
  'features/customers/CustomersPage.vue',
];
const VISITORS = ['shell/PortalShell.vue', 'features/portal/PortalPage.vue'];

/** @returns names the file that a module goes into; null: as the bundler sees fit */
async function planChunks(config: InlineConfig): Promise<(id: string) => string | null> {
  const once: InlineConfig = { ...config, configFile: false, logLevel: 'warn', build: { ...config.build, write: false } };
  const { output } = (await build(once)) as Rolldown.RolldownOutput; // one output, not watched
  const all = output.filter((one) => one.type === 'chunk');
  const modulesOf = (page: string): ReadonlySet<string> => new Set(chunksOf(page, all).flatMap(({ moduleIds }) => moduleIds));
  const [shell, pages, visitors] = [modulesOf(SHELL), CONSOLE.map(modulesOf), VISITORS.map(modulesOf)];
  return (id) => {
    const pagesWithIt = pages.filter((modules) => modules.has(id)).length;
    const isInConsole = shell.has(id) || pagesWithIt > 0;
    const isForVisitors = visitors.some((modules) => modules.has(id));
    if (isInConsole && isForVisitors) return 'kit';
    return shell.has(id) || pagesWithIt > 1 ? 'console' : null;
  };
}

/** @param config how to bundle the app by itself */
export function pageChunks(config: InlineConfig): Plugin {
  return {
    name: 'slipway:page-chunks',
    apply: 'build',
    async config() {
      const groups = [
        { name: 'app', tags: ['$initial' as const], priority: 1 },
        { name: await planChunks(config), debugName: 'pages', includeDependenciesRecursively: false },
      ];
      return { build: { rolldownOptions: { output: { codeSplitting: { groups } } } } };
    },
  };
}

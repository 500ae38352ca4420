// The floors of the house: a file imports only lower floors (ARCHITECTURE.md). Cycles are errors everywhere.
const API_FEATURES = [
  // Lower first. A feature may import those before it, never those after it.
  'settings',
  'products|customers',
  'licenses',
  'machine-keys',
  'accounts|tokens|assets',
  'downloadables|saved-filters',
  'files',
  'downloads|logs|storage',
  'mail|news|portal',
  'announcements',
  'sharing',
  'statistics|privacy',
  'sample',
];

const featureFloors = API_FEATURES.slice(0, -1).map((names, index) => ({
  name: `feature-floor-${index + 1}`,
  comment: `The features ${names.replaceAll('|', ', ')} know none of the features above them.`,
  severity: 'error',
  from: { path: `^packages/api/src/features/(?:${names})/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^packages/api/src/features/(?:${API_FEATURES.slice(index + 1).join('|')})/` },
}));

const floor = (name, from, to) => ({ name, severity: 'error', from: { path: from, pathNot: '\\.test\\.ts$' }, to: { path: to } });

/**
 * The rooms of a folder, lower first: a room imports those before it, never those after it. The files that lie in the folder
 * itself are its lowest floor.
 */
const rooms = (folder, ...names) =>
  ['[^/]+\\.ts$', ...names.map((name) => `(?:${name})/`)].slice(0, names.length).map((from, index) => ({
    name: `rooms-of-${folder.split('/').pop()}-${index + 1}`,
    severity: 'error',
    from: { path: `^packages/${folder}/${from}`, pathNot: '\\.test\\.ts$' },
    to: { path: `^packages/${folder}/(?:${names.slice(index).join('|')})/` },
  }));

const API = 'api/src/features';
const SHARED_ROOMS = ['messages', 'text', 'version', 'file', 'release', 'news', 'entitlement', 'license', 'setting', 'announcement'];
const ROOMS = [
  ...rooms('shared/src', ...SHARED_ROOMS).slice(1), // index.ts is the barrel of all
  ...rooms(`${API}/downloadables`, 'changelog', 'projection', 'list|publishing', 'editing', 'revisions', 'bulk'),
  ...rooms(`${API}/accounts`, 'links', 'people|entry|self'),
  ...rooms(`${API}/licenses`, 'tasks|shop|csv'),
  ...rooms(`${API}/assets`, 'presence'),
  ...rooms(`${API}/files`, 'draft', 'verify', 'upload|external', 'stream'),
  ...rooms(`${API}/downloads`, 'access', 'audience|counting', 'explain|impact', 'delivery', 'stable'),
  ...rooms(`${API}/announcements`, 'audience', 'text', 'recalls', 'sending', 'editing', 'notices'),
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    floor('shared-stands-alone', '^packages/shared/src', '^packages/(?:api|web)/|node_modules'),
    floor('api-knows-no-web', '^packages/api/src', '^packages/web/'),
    floor('web-knows-no-api', '^packages/web/(?:src|e2e)', '^packages/api/'),
    floor('product-knows-no-bench', '^packages/(?:shared|api)/src/', '^packages/api/bench/'),
    floor('limit-knows-no-product', '^packages/api/bench/limit/', '^packages/api/(?:src|bench/(?!limit/))'),
    floor('messages-stand-alone', '^packages/api/src/messages/', '^packages/api/src/(?!messages/)'),
    floor('kernel-knows-no-feature', '^packages/api/src/kernel/', '^packages/api/src/(?!kernel/)'),
    floor('database-stands-on-kernel', '^packages/api/src/database/', '^packages/api/src/(?!kernel/|database/)'),
    floor('machinery-stands-on-database', '^packages/api/src/machinery/', '^packages/api/src/(?!kernel/|database/|machinery/)'),
    floor(
      'stores-stand-on-kernel',
      '^packages/api/src/storage/(?!ownership/|stores/)',
      '^packages/api/src/(?!kernel/|storage/(?!ownership/|stores/))',
    ),
    floor(
      'ownership-stands-on-machinery',
      '^packages/api/src/storage/ownership/',
      '^packages/api/src/(?!kernel/|database/|machinery/|storage/(?!stores/))',
    ),
    floor('stores-stand-on-ownership', '^packages/api/src/storage/stores/', '^packages/api/src/(?!kernel/|database/|machinery/|storage/)'),
    floor('search-stands-on-kernel', '^packages/api/src/search/', '^packages/api/src/(?!kernel/|search/)'),
    floor('features-know-no-border', '^packages/api/src/features/', '^packages/api/src/(?:graphql|http|app|commands|main)'),
    ...featureFloors,
    ...ROOMS,
    floor('messages-stand-on-dates', '^packages/web/src/messages/', '^packages/web/src/(?!messages/|ui/date-text)'),
    floor('ui-knows-no-feature', '^packages/web/src/ui/', '^packages/web/src/(?:features|graphql)/'),
    floor('graphql-knows-no-feature', '^packages/web/src/graphql/', '^packages/web/src/features/'),
    {
      name: 'web-features-are-apart',
      severity: 'error',
      from: { path: '^packages/web/src/features/([^/]+)/' },
      to: { path: '^packages/web/src/features/', pathNot: '^packages/web/src/features/$1/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.vue', '.mjs', '.json'],
    },
  },
};

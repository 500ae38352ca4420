import type { ApiUser } from '../api-user.ts';

/** A downloadable that the generator made, as the proofs need it. */
export interface ManyRelease {
  readonly productId: string;
  readonly version: string;
}

const PRODUCTS = ['Altair', 'Bellatrix', 'Castor', 'Deneb', 'Electra', 'Fomalhaut', 'Gemma', 'Hadar'] as const;
const SUBJECTS = ['export', 'timeline', 'import', 'search', 'installer', 'printing', 'clipboard', 'viewer', 'encoder', 'network'] as const;
const CHANGES = ['is faster', 'no longer stalls', 'remembers its size', 'reads older files', 'uses less memory', 'has a shortcut'] as const;
const MINORS = 25;
/** In one request: below the API's limit of aliases. */
const BATCH = 10;
/** In flight at once: enough to keep one server busy. */
const HANDS = 3;

/**
 * Makes `count` downloadables of eight products through the API: the same names, versions and changelogs every time. The last
 * `publishedCount` have a file and are published, so that their status can change.
 */
export async function makeManyReleases(api: ApiUser, count: number, publishedCount: number): Promise<readonly ManyRelease[]> {
  const productIds = await Promise.all(PRODUCTS.map((name) => makeProduct(api, name)));
  const releases = Array.from({ length: count }, (_, index) => releaseAt(productIds, index));
  const ids: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let from = next; from < count; from = next) {
      next += BATCH;
      const made = await makeBatch(api, releases.slice(from, from + BATCH), from);
      made.forEach((id, step) => (ids[from + step] = id));
    }
  };
  await Promise.all(Array.from({ length: HANDS }, work));
  for (let index = count - publishedCount; index < count; index += 1) await publishOne(api, ids[index] ?? '', index);
  return releases;
}

function releaseAt(productIds: readonly string[], index: number): ManyRelease {
  const round = Math.floor(index / productIds.length);
  const version = `${1 + Math.floor(round / (MINORS * 10))}.${Math.floor(round / 10) % MINORS}.${10 + (round % 10)}`;
  return { productId: productIds[index % productIds.length] ?? '', version };
}

async function makeProduct(api: ApiUser, name: string): Promise<string> {
  const input = { name, slug: name.toLowerCase() };
  const { product } = await api.run<{ product: { id: string } }>('createProduct', input, 'product { id }');
  return product.id;
}

async function makeBatch(api: ApiUser, batch: readonly ManyRelease[], from: number): Promise<readonly string[]> {
  const declared = batch.map((_, step) => `$i${step}: CreateDownloadableInput!`).join(', ');
  const fields = batch.map((_, step) => `r${step}: createDownloadable(input: $i${step}) { downloadable { id } userErrors { message } }`);
  const inputs = Object.fromEntries(batch.map((release, step) => [`i${step}`, inputOf(release, from + step)]));
  const made = await api.query<Record<string, { downloadable: { id: string } | null; userErrors: unknown[] }>>(
    `mutation(${declared}) { ${fields.join(' ')} }`,
    inputs,
  );
  return Object.values(made).map(({ downloadable, userErrors }) => {
    if (!downloadable) throw new Error(JSON.stringify(userErrors));
    return downloadable.id;
  });
}

function inputOf({ productId, version }: ManyRelease, index: number) {
  const subjects = [0, 3, 7].map((step) => SUBJECTS[(index + step) % SUBJECTS.length]);
  const changelog = subjects.map((subject, line) => `- The ${subject} ${CHANGES[(index + line) % CHANGES.length]}`).join('\n');
  return { productId, version, name: `Release ${version}`, changelog };
}

async function publishOne(api: ApiUser, downloadableId: string, index: number): Promise<void> {
  const fileName = `setup-${index}-windows-x64.exe`;
  const file = { downloadableId, fileName, url: `https://files.example/${fileName}`, size: 1_000_000 + index };
  await api.run('addExternalAsset', file, 'asset { id }');
  await api.run('publishDownloadable', { id: downloadableId }, 'downloadable { status }');
}

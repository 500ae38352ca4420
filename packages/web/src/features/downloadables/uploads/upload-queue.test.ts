// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Queue from './upload-queue';

const PART = 100;
/** As many as the API lets one person have. */
const OPEN_UPLOADS = 100;
const OWNER = { id: 'D1', label: 'Comet 4.0.0' };

/** A server that keeps parts by upload, as the API and the store together do. */
const server = vi.hoisted(() => ({
  uploads: new Map<string, { id: string; fingerprint: string; size: number; parts: Map<number, number>; state: string }>(),
  puts: [] as number[],
  aborted: [] as string[],
  holds: false,
  next: 0,
  mostOpen: 0,
}));

const shown = (upload: { id: string; fingerprint: string; size: number; parts: Map<number, number>; state: string }) => ({
  id: upload.id,
  state: upload.state,
  fingerprint: upload.fingerprint,
  partSize: PART,
  partCount: Math.ceil(upload.size / PART),
  asset: { id: 'A1' },
  uploadedParts: [...upload.parts].map(([number, size]) => ({ number, size })),
});

vi.mock('./upload-api', () => ({
  createUpload: async ({
    fileName,
    fingerprint,
    size,
    replace,
  }: {
    fileName: string;
    fingerprint: string;
    size: number;
    replace: boolean;
  }) => {
    const { UploadRefused } = await import('./upload-failure');
    const open = server.uploads.get(fileName);
    if (open?.fingerprint === fingerprint && open.state === 'UPLOADING') return shown(open);
    const openCount = [...server.uploads.values()].filter(({ state }) => state === 'UPLOADING').length;
    if (openCount >= OPEN_UPLOADS) throw new UploadRefused('You have 100 unfinished uploads.', 'TOO_MANY');
    server.mostOpen = Math.max(server.mostOpen, openCount + 1);
    if (open && !replace) throw new UploadRefused('The name is taken.', 'FILE_NAME_TAKEN');
    server.next += 1;
    const fresh = { id: `U${server.next}`, fingerprint, size, parts: new Map<number, number>(), state: 'UPLOADING' };
    server.uploads.set(fileName, fresh);
    return shown(fresh);
  },
  signParts: async (id: string, numbers: number[]) =>
    numbers.map((number) => ({ number, url: `${id}/${number}`, expiresAt: new Date(Date.now() + 900_000).toISOString() })),
  completeUpload: async (id: string) => {
    for (const upload of server.uploads.values()) if (upload.id === id) upload.state = 'READY';
  },
  abortUpload: async (id: string) => void server.aborted.push(id),
  findAsset: async () => ({ id: 'A1', state: 'READY', upload: null, failure: null }),
  findUnfinished: async () => {
    const open = [...server.uploads.values()].find(({ state }) => state === 'UPLOADING');
    return open ? shown(open) : null;
  },
  refreshDownloadable: async () => null,
}));

vi.mock('./part-put', () => ({
  putPart: ({ url, bytes, onSent, signal }: { url: string; bytes: Blob; onSent: (bytes: number) => void; signal: AbortSignal }) =>
    new Promise<void>((resolve, reject) => {
      const [id = '', number = ''] = url.split('/');
      const upload = [...server.uploads.values()].find((one) => one.id === id);
      signal.addEventListener('abort', () => reject(new Error('stopped')));
      if (server.holds && (upload?.parts.size ?? 0) >= 2) return;
      server.puts.push(Number(number));
      upload?.parts.set(Number(number), bytes.size);
      onSent(bytes.size);
      resolve();
    }),
}));

const fileOf = (text: string, lastModified = 1): File => new File([text.repeat(500)], 'app.exe', { lastModified });

/** Opens a tab: modules are fresh, the browser's storage is not. */
async function openTab(): Promise<ReturnType<typeof Queue.useUploadQueue>> {
  vi.resetModules();
  return (await import('./upload-queue')).useUploadQueue();
}

async function beginAndStop(): Promise<ReturnType<typeof Queue.useUploadQueue>> {
  const tab = await openTab();
  server.holds = true;
  await tab.add(OWNER, [{ file: fileOf('a'), fileName: 'app.exe' }]);
  await vi.waitFor(() => expect(server.puts).toHaveLength(2));
  return tab;
}

describe('the upload queue', () => {
  beforeEach(() => {
    localStorage.clear();
    server.uploads.clear();
    Object.assign(server, { puts: [], aborted: [], holds: false, next: 0, mostOpen: 0 });
  });
  afterEach(() => vi.restoreAllMocks());

  it('pauses without losing a part, and resumes with the missing ones', async () => {
    const tab = await beginAndStop();
    const [item] = tab.items;
    tab.pause(item?.id ?? '');
    expect([item?.state, tab.isBusy.value]).toEqual(['PAUSED', false]);
    server.holds = false;
    await tab.resume(item?.id ?? '');
    expect(item?.state).toBe('READY');
    expect([...server.puts].sort((one, other) => one - other)).toEqual([1, 2, 3, 4, 5]);
  });

  it('a reopened tab offers the upload and continues it with the same file', async () => {
    const first = await beginAndStop();
    first.memory.tick(true);
    const second = await openTab();
    await second.lookAround();
    expect(second.items).toMatchObject([{ fileName: 'app.exe', owner: OWNER.label, state: 'UNFINISHED', sentBytes: 2 * PART }]);
    expect(second.isBusy.value).toBe(false);
    server.holds = false;
    await second.choose(second.items[0]?.id ?? '', fileOf('a'));
    expect(second.items[0]?.state).toBe('READY');
    expect([...server.puts].sort((one, other) => one - other)).toEqual([1, 2, 3, 4, 5]);
    expect(second.memory.isKnown('U1')).toBe(false);
  });

  it.each([
    ['other bytes', fileOf('b')],
    ['a later date', fileOf('a', 2)],
  ])('a file with %s is not mixed in: it is asked about, and then sent from the beginning', async (_, other) => {
    const first = await beginAndStop();
    first.memory.tick(true);
    const second = await openTab();
    await second.lookAround();
    const id = second.items[0]?.id ?? '';
    server.holds = false;
    await second.choose(id, other);
    expect(second.items[0]).toMatchObject({ state: 'UNFINISHED', strangerName: 'app.exe' });
    expect(server.puts).toHaveLength(2);
    await second.replaceByStranger(id);
    expect(second.items[0]?.state).toBe('READY');
    expect(server.puts.slice(2).sort((one, other) => one - other)).toEqual([1, 2, 3, 4, 5]);
    expect(server.next).toBe(2);
    // Of the one that was given up no tab offers anything any more.
    expect(['U1', 'U2'].map((one) => second.memory.isKnown(one))).toEqual([false, false]);
  });

  it('declares as it goes: more files than may be open at once all arrive, and other tabs have room', async () => {
    const tab = await openTab();
    const names = Array.from({ length: 130 }, (_, index) => `file-${index}.bin`);
    const areAccepted = tab.add(
      OWNER,
      names.map((fileName) => ({ file: fileOf('a'), fileName })),
    );
    expect(tab.items).toHaveLength(130);
    expect(await areAccepted).toBe(true);
    await tab.whenFinished(OWNER.id);
    expect(new Set(tab.items.map(({ state }) => state))).toEqual(new Set(['READY']));
    expect(server.mostOpen).toBeLessThanOrEqual(OPEN_UPLOADS / 2);
    expect(server.next).toBe(130);
  });

  it('a file that is paused and resumed before its turn is declared and sent once', async () => {
    const tab = await openTab();
    const names = Array.from({ length: 60 }, (_, index) => `file-${index}.bin`);
    const areAccepted = tab.add(
      OWNER,
      names.map((fileName) => ({ file: fileOf('a'), fileName })),
    );
    const last = tab.items.at(-1);
    tab.pause(last?.id ?? '');
    await tab.resume(last?.id ?? '');
    expect(await areAccepted).toBe(true);
    await tab.whenFinished(OWNER.id);
    expect(server.next).toBe(60);
    expect(server.puts).toHaveLength(300);
  });

  it('an upload of another open tab is left to that tab', async () => {
    await beginAndStop();
    const second = await openTab();
    await second.lookAround();
    expect(second.items).toEqual([]);
  });

  it('dropping an unfinished upload drops it in the API too', async () => {
    const tab = await beginAndStop();
    tab.remove(tab.items[0]?.id ?? '');
    expect([tab.items.length, server.aborted]).toEqual([0, ['U1']]);
    expect(tab.memory.isKnown('U1')).toBe(false);
  });

  it('a taken name fails with the reason, and replaces only when that is asked for', async () => {
    const tab = await openTab();
    await tab.add(OWNER, [{ file: fileOf('a'), fileName: 'app.exe' }]);
    await tab.whenFinished(OWNER.id);
    expect(await tab.add(OWNER, [{ file: fileOf('b'), fileName: 'app.exe' }])).toBe(false);
    expect(tab.items[1]).toMatchObject({ state: 'FAILED', message: 'The name is taken.' });
    expect(await tab.add(OWNER, [{ file: fileOf('b'), fileName: 'app.exe', isReplacement: true }])).toBe(true);
  });
});

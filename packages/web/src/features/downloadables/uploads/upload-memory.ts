/** What this browser began to upload, so that a reopened tab can offer to continue it. */

/** One unfinished upload, as it is remembered. */
export interface RememberedUpload {
  readonly uploadId: string;
  readonly assetId: string;
  readonly downloadableId: string;
  readonly owner: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly isReplacement: boolean;
}

interface Entry extends RememberedUpload {
  /** When its tab last said that it is open, in milliseconds; 0 after the tab was closed. */
  readonly seenAtMs: number;
}

interface MemoryPorts {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly nowMs: () => number;
}

const KEY = 'slipway.uploads';
/** Hidden tabs run their timers once a minute; after this long without a word a tab is taken for closed. */
const ALIVE_MS = 90_000;

/** Tabs share one list; each says of its own uploads that they are in good hands. */
export function makeUploadMemory({ storage, nowMs }: MemoryPorts) {
  const own = new Set<string>();

  function read(): Entry[] {
    try {
      const entries: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
      return Array.isArray(entries) ? (entries as Entry[]) : []; // only this module writes the key
    } catch {
      return [];
    }
  }

  function write(entries: readonly Entry[]): void {
    try {
      storage.setItem(KEY, JSON.stringify(entries));
    } catch {
      // A full or forbidden storage costs the offer to continue, nothing else.
    }
  }

  return {
    /** Remembers an upload of this tab. */
    keep(upload: RememberedUpload): void {
      own.add(upload.uploadId);
      write([...read().filter(({ uploadId }) => uploadId !== upload.uploadId), { ...upload, seenAtMs: nowMs() }]);
    },
    forget(uploadId: string): void {
      own.delete(uploadId);
      write(read().filter((entry) => entry.uploadId !== uploadId));
    },
    /** Says that this tab is still there, or that it closes. */
    tick(isClosing = false): void {
      if (own.size === 0) return;
      write(read().map((entry) => (own.has(entry.uploadId) ? { ...entry, seenAtMs: isClosing ? 0 : nowMs() } : entry)));
    },
    /** Uploads that no tab cares for. */
    listLeft(): readonly RememberedUpload[] {
      return read().filter(({ uploadId, seenAtMs }) => !own.has(uploadId) && nowMs() - seenAtMs > ALIVE_MS);
    },
    /** Whether another tab is at it. */
    isElsewhere(uploadId: string): boolean {
      return read().some((entry) => entry.uploadId === uploadId && !own.has(uploadId) && nowMs() - entry.seenAtMs <= ALIVE_MS);
    },
    isKnown: (uploadId: string): boolean => read().some((entry) => entry.uploadId === uploadId),
  };
}

export type UploadMemory = ReturnType<typeof makeUploadMemory>;

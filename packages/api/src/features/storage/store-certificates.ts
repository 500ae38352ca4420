import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import { OutgoingFilter } from '../../kernel/outgoing/outgoing-filter.js';
import type { FileStores } from '../../storage/stores/file-stores.js';
import { reachStore } from '../../storage/trial/store-reach.js';

const DAY_MS = 24 * 3_600_000;

export interface StoreCertificatesUse {
  readonly stores: Pick<FileStores, 'currentSettings' | 'isFixed'>;
  readonly clock: Clock;
  readonly log: Log;
  /** What settings may name of the private network. */
  readonly allowedPrivateHosts: readonly string[];
}

/** The end of the certificate at an address of the store. */
export interface StoreCertificate {
  readonly host: string;
  readonly endsAt: Date;
}

interface Look {
  readonly at: number;
  /** Null: there is no TLS. */
  readonly endsAt: Date | null;
}

/** Knows when the certificates of the current store's addresses end; looks once a day, and never while somebody waits. */
export class StoreCertificates {
  readonly #looks = new Map<string, Look>();

  constructor(private readonly use: StoreCertificatesUse) {}

  /** Looks at the addresses that were not looked at for a day, or never; one that does not answer keeps what was known of it. */
  async look(): Promise<void> {
    const urls = await this.#urls();
    for (const url of this.#looks.keys()) if (!urls.includes(url)) this.#looks.delete(url);
    const now = this.use.clock.now().getTime();
    for (const url of urls) if (now - (this.#looks.get(url)?.at ?? Number.NEGATIVE_INFINITY) >= DAY_MS) await this.#lookAt(url, now);
  }

  /** The certificate that ends first, as it was seen last; null: none was seen. */
  async findFirstToEnd(): Promise<StoreCertificate | null> {
    const seen = (await this.#urls()).flatMap((url) => {
      const endsAt = this.#looks.get(url)?.endsAt;
      return endsAt ? [{ host: new URL(url).hostname, endsAt }] : [];
    });
    return seen.toSorted((one, other) => one.endsAt.getTime() - other.endsAt.getTime())[0] ?? null;
  }

  async #lookAt(url: string, at: number): Promise<void> {
    const filter = new OutgoingFilter(this.use.stores.isFixed ? 'ANY' : this.use.allowedPrivateHosts);
    try {
      const tls = await reachStore(url, filter);
      this.#looks.set(url, { at, endsAt: tls?.validUntil ?? null });
    } catch (error) {
      this.use.log.warn({ err: error, host: new URL(url).hostname }, 'the certificate of the file store could not be looked at');
    }
  }

  /** The addresses that somebody typed: those of AWS are in its own hands. */
  async #urls(): Promise<readonly string[]> {
    const settings = await this.use.stores.currentSettings();
    return [...new Set([settings?.endpoint, settings?.publicEndpoint].filter((url) => url != null))];
  }
}

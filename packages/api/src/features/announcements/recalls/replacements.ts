import type { Database } from '../../../database/database.js';
import type { JudgedRelease } from '../../downloads/access/access-facts.js';
import type { AudienceReader } from '../../downloads/audience/audience-reader.js';

/** Versions that are read at a time, newest first. */
const STEP = 20;

/** Finds what each customer may use in place of a withdrawn release: the replacement that was named, else the highest version that is theirs. */
export class Replacements {
  constructor(private readonly use: { readonly database: Database; readonly audience: AudienceReader }) {}

  /** @returns versions by customer; a customer who may have none is absent */
  async of(release: JudgedRelease, customerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    if (release.replacement) await this.#offer(found, customerIds, release.replacement.id);
    let below: string | null = null;
    for (;;) {
      const missing = customerIds.filter((id) => !found.has(id));
      const versions: readonly Version[] = missing.length === 0 ? [] : await this.#below(release.product.id, below);
      for (const { id } of versions) await this.#offer(found, missing, id);
      below = versions.at(-1)?.version_key ?? null;
      if (below === null || versions.length < STEP) return found;
    }
  }

  async #offer(found: Map<string, string>, customerIds: readonly string[], downloadableId: string): Promise<void> {
    const { audience } = this.use;
    const missing = customerIds.filter((id) => !found.has(id));
    const release = missing.length === 0 ? null : await audience.release(downloadableId);
    if (!release) return;
    for (const { customerId, decision } of await audience.judge(release, missing))
      if (decision.allowed) found.set(customerId, release.row.version);
  }

  #below(productId: string, versionKey: string | null): Promise<readonly Version[]> {
    const bound = versionKey === null ? '' : ' AND version_key < ?';
    return this.use.database.query<Version>(
      `SELECT id, version_key FROM downloadable WHERE product_id = ? AND status = 'PUBLISHED'${bound} ORDER BY version_key DESC LIMIT ?`,
      versionKey === null ? [productId, STEP] : [productId, versionKey, STEP],
    );
  }
}

interface Version {
  readonly id: string;
  readonly version_key: string;
}

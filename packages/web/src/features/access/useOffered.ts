import { STABLE_CHANNEL, compareVersions, parseVersion } from '@slipway/shared';
import { onScopeDispose, shallowRef, watch } from 'vue';
import { client } from '../../graphql/client';
import { GetOfferedToDocument } from '../../graphql/documents.generated';

/** Of more licenses nobody reads on. */
const MOST_LICENSES = 10;

interface Offered {
  readonly version: string;
  readonly channel: string;
}

/** The portal's own choice: the highest stable version, else the highest of all. */
export function highestOf(offered: readonly Offered[]): string | null {
  const stable = offered.filter(({ channel }) => channel === STABLE_CHANNEL);
  const [highest] = (stable.length > 0 ? stable : offered).toSorted((one, other) => compare(other.version, one.version));
  return highest?.version ?? null;
}

function compare(one: string, other: string): number {
  const [left, right] = [parseVersion(one), parseVersion(other)];
  return left.ok && right.ok ? compareVersions(left.value, right.value) : 0;
}

/** The newest version that somebody may have by some of these licenses today; null: none, or not known. @param question null: there is nothing to ask */
export function useOffered(question: () => { readonly productId: string; readonly licenseIds: readonly string[] } | null) {
  const offered = shallowRef<string | null>(null);
  let turn = 0;

  async function ask(): Promise<void> {
    turn += 1;
    const mine = turn;
    offered.value = null;
    const asked = question();
    if (asked === null || asked.licenseIds.length > MOST_LICENSES) return;
    try {
      const found: Offered[] = [];
      for (const licenseId of asked.licenseIds) {
        const { data } = await client.query({ query: GetOfferedToDocument, variables: { productId: asked.productId, licenseId } });
        if (data?.product?.offeredAs) found.push(data.product.offeredAs);
      }
      if (turn === mine) offered.value = highestOf(found);
    } catch {
      // The explanation is whole without it.
    }
  }

  watch(() => JSON.stringify(question()), ask, { immediate: true });
  onScopeDispose(() => (turn += 1));
  return offered;
}

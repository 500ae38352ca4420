import { pageTitle } from '@slipway/shared';
import { ref, watch } from 'vue';
import { isFirstPage } from '../first-page';
import { announce } from './announce';

/** The vendor's name, once it is known. */
const vendorName = ref('');
export const nameTabs = (name: string): void => void (vendorName.value = name);

/** The console is Slipway's; whatever customers see is the vendor's (`brand.ts`). */
function withOwner(words: string): string {
  const owner = document.documentElement.dataset['brand'] === 'vendor' ? vendorName.value : 'Slipway';
  return pageTitle(words, owner ?? '');
}

/** Names the browser tab: what is on the page first, whose it is last. A later page is also told to who does not see it come. */
export function usePageTitle(title: () => string): void {
  watch(
    title,
    (words) => {
      if (!isFirstPage()) announce(words);
    },
    { immediate: true },
  );
  watch([title, vendorName], () => (document.title = withOwner(title())), { immediate: true });
}

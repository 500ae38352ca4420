import { watch } from 'vue';
import { isFirstPage } from '../first-page';
import { announce } from './announce';

/** Names the browser tab: what is on the page first, the product last. A later page is also told to who does not see it come. */
export function usePageTitle(title: () => string): void {
  watch(
    title,
    (words) => {
      document.title = `${words} · Slipway`;
      if (!isFirstPage()) announce(words);
    },
    { immediate: true },
  );
}

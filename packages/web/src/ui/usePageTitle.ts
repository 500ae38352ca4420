import { watchEffect } from 'vue';

/** Names the browser tab: what is on the page first, the product last. */
export function usePageTitle(title: () => string): void {
  watchEffect(() => {
    document.title = `${title()} · Slipway`;
  });
}

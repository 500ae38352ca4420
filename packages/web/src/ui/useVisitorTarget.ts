import { detectPlatform, type ClientHints, type Target } from '@slipway/shared';
import { onMounted, readonly, shallowRef } from 'vue';

interface HintedNavigator {
  readonly userAgentData?: { readonly platform: string; getHighEntropyValues(hints: readonly string[]): Promise<ClientHints> };
}

/** The visitor's own computer, null while it is unknown. Client hints, where the browser has them, also tell the processor. */
export function useVisitorTarget() {
  const { userAgentData } = navigator as HintedNavigator; // not in TypeScript's DOM types: Chromium only
  const target = shallowRef<Target | null>(detectPlatform(navigator.userAgent, userAgentData && { platform: userAgentData.platform }));

  onMounted(async () => {
    if (!userAgentData) return;
    try {
      const hints = await userAgentData.getHighEntropyValues(['architecture', 'bitness']);
      target.value = detectPlatform(navigator.userAgent, { platform: userAgentData.platform, ...hints });
    } catch {
      // The browser keeps its secrets: the first guess stands.
    }
  });

  return readonly(target);
}

let isFirst = true;

/** Whether the page that the visit began with is still open. Nothing came before it: there is no place to come back to, and nothing in the cache. */
export const isFirstPage = (): boolean => isFirst;

export function leaveFirstPage(): void {
  isFirst = false;
}

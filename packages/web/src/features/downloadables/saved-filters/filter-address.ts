/** A list's address without its page: what a saved filter keeps. */
import { listStateQuery, withChange, type ListState } from '../list-state';

export function filterQuery(state: ListState): string {
  return new URLSearchParams(listStateQuery(withChange(state, {}))).toString();
}

/** The query as the router takes it. */
export function queryOf(saved: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(saved));
}

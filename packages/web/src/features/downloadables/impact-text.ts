import { countText, numberText } from '../../ui/date-text';

/** The API stops counting customers here. */
const CAP = 1_000;

/** Whom a delete would reach: "12 customers downloaded it, 40 times in all." */
export function impactText({ customers, downloads }: { readonly customers: number; readonly downloads: number }): string {
  if (customers === 0 && downloads === 0) return 'Nobody has downloaded it.';
  const times = `${numberText(downloads)} ${downloads === 1 ? 'time' : 'times'}`;
  if (customers === 0) return `It was downloaded ${times}, by nobody with a license.`;
  const who = customers >= CAP ? `${numberText(CAP)} customers or more` : countText(customers, 'customer');
  return `${who} downloaded it, ${times} in all. ${customers === 1 ? 'This customer loses' : 'They lose'} access to its files.`;
}

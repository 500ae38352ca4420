/** One event of any log, as its line and its details show it. */
import type { ChangedField } from '../../ui/audit-text';

/** A name, and where it leads. */
export interface LogLink {
  readonly text: string;
  readonly to: string | null;
}

export interface LogDetail extends LogLink {
  readonly label: string;
  /** An id, to be copied. */
  readonly isCode?: boolean;
  /** Several lines, as they were written. */
  readonly isText?: boolean;
}

/** What to do about a refusal. */
export interface LogRemedy {
  readonly title: string;
  readonly text: string;
  readonly action: { readonly label: string; readonly to: string } | null;
}

export interface LogLine {
  readonly id: string;
  readonly at: string;
  readonly who: LogLink;
  /** Nobody in particular. */
  readonly isQuiet: boolean;
  /** What was done, to be read after who did it. */
  readonly said: string;
  readonly isBad: boolean;
  readonly subject: LogLink | null;
  /** What else of the subject is told, not linked. */
  readonly beside: string;
  readonly note: string;
  readonly details: readonly LogDetail[];
  readonly changes: readonly ChangedField[];
  readonly remedy: LogRemedy | null;
  /** Lines in a row that have the same are shown as one; null: this one stands by itself. */
  readonly same: string | null;
  /** What can be done about it right here. */
  readonly act: { readonly label: string; readonly run: () => Promise<void> } | null;
  /** Other questions that lead on from here: `All of Tidewater Labs`. */
  readonly more: readonly { readonly label: string; readonly query: Readonly<Record<string, string>> }[];
}

interface Named {
  readonly id: string;
  readonly name: string;
}

interface AboutRelease {
  readonly product: Named | null;
  readonly downloadable: { readonly id: string; readonly version: string } | null;
  readonly version: string | null;
}

interface FromSomebody {
  readonly actor: (Named & { readonly kind: string }) | null;
  readonly customer: (Named & { readonly email: string }) | null;
}

/** A release by product and version; one that is gone is named without a link. */
export function releaseLink({ product, downloadable, version }: AboutRelease): LogLink | null {
  const text = [product?.name, version ?? downloadable?.version].filter(Boolean).join(' ');
  if (text === '') return null;
  const to = downloadable
    ? `/admin/downloadables/${downloadable.id}`
    : product
      ? `/admin/products?q=${encodeURIComponent(product.name)}`
      : null;
  return { text, to };
}

/** The customer, else whoever asked, else nobody. */
export function whoLink({ actor, customer }: FromSomebody, nobody: string): LogLink {
  if (customer) return { text: customer.name, to: `/admin/customers/${customer.id}` };
  return { text: actor?.name ?? nobody, to: null };
}

export function licenseDetail(
  license: { readonly id: string; readonly keyHint: string } | null,
  { customer, product }: Pick<FromSomebody, 'customer'> & Pick<AboutRelease, 'product'>,
): readonly LogDetail[] {
  if (!license) return [];
  const text = [product?.name, `key ending ${license.keyHint}`].filter(Boolean).join(', ');
  return [{ label: 'License', text, to: customer ? `/admin/customers/${customer.id}?license=${license.id}` : null }];
}

export const requestDetail = (requestId: string | null): readonly LogDetail[] =>
  requestId ? [{ label: 'Request', text: requestId, to: null, isCode: true }] : [];

/** Where from: the address as it was kept, and the program. */
export function fromDetail(address: string | null, client: string | null = null): readonly LogDetail[] {
  const text = [address, client].filter(Boolean).join(', ');
  return text === '' ? [] : [{ label: 'From', text, to: null }];
}

const ACTOR_LABELS: Readonly<Record<string, string>> = { TOKEN: 'Token', MACHINE: 'Machine key' };

/** Who, when a customer's name stands in the line: the person, token or machine key by itself. */
export function personDetail({ actor, customer }: FromSomebody): readonly LogDetail[] {
  const email = customer ? [{ label: 'E-mail', text: customer.email, to: null }] : [];
  if (!actor || actor.kind === 'LICENSE') return email;
  return [{ label: ACTOR_LABELS[actor.kind] ?? 'Person', text: actor.name, to: null }, ...email];
}

/** What leads on from somebody's line. */
export function moreOf({ actor, customer }: FromSomebody): LogLine['more'] {
  const machine = actor?.kind === 'MACHINE' ? [{ label: `All by ${actor.name}`, query: { by: actor.id } }] : [];
  if (customer) return [{ label: `All of ${customer.name}`, query: { customer: customer.id } }, ...machine];
  return actor ? [{ label: `All by ${actor.name}`, query: { by: actor.id } }] : [];
}

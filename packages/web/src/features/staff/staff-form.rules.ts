import { checkEmail, checkName, mayBeLimited, type Role } from '@slipway/shared';
import { countText } from '../../ui/date-text';
import type { StaffMemberFragment } from '../../graphql/documents.generated';

export interface StaffValues {
  email: string;
  name: string;
  role: Role;
  productIds: string[];
  /** What is mailed to an administrator. */
  mails: 'ALERTS'[];
}

export type StaffMessages = Partial<Record<keyof StaffValues, string>>;

export const ROLE_CHOICES: readonly { readonly value: Role; readonly label: string; readonly hint: string }[] = [
  { value: 'SUPPORT', label: 'Support', hint: 'Customers and licenses; sees every release and the logs.' },
  { value: 'PUBLISHER', label: 'Publisher', hint: 'Products and releases, from upload to publishing. No customers.' },
  { value: 'ADMIN', label: 'Administrator', hint: 'Everything, staff, settings and API tokens included.' },
];

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  ADMIN: 'Administrator',
  PUBLISHER: 'Publisher',
  SUPPORT: 'Support',
  CUSTOMER: 'Customer',
};

export function staffValuesOf(existing: StaffMemberFragment | null): StaffValues {
  return {
    email: existing?.email ?? '',
    name: existing?.name ?? '',
    role: existing?.role ?? 'SUPPORT',
    productIds: existing?.products.map(({ id }) => id) ?? [],
    mails: existing?.role === 'ADMIN' && !existing.wantsAlerts ? [] : ['ALERTS'],
  };
}

export const MAIL_CHOICES = [
  { value: 'ALERTS' as const, label: 'What needs attention', hint: 'Once it has stood for 15 minutes, with where to look.' },
];

/** The products to limit somebody to. Those of a role that cannot be limited are kept in the form alone, for when it is chosen again. */
export const productIdsOf = ({ role, productIds }: StaffValues): string[] => (mayBeLimited(role) ? productIds : []);

/** What a limit means, under the choice of products. */
export const limitHint = (role: Role): string =>
  `Choose none for all products, including new ones. ${
    role === 'SUPPORT'
      ? 'With a limit they see the licenses of these products, but neither customers nor logs.'
      : 'With a limit they cannot create products.'
  }`;

/** How the list tells what somebody is limited to; null: all products. */
export function limitText({ products }: Pick<StaffMemberFragment, 'products'>): string | null {
  const [only] = products;
  if (only === undefined) return null;
  return products.length === 1 ? only.name : countText(products.length, 'product');
}

/** What the API would refuse, by field. */
export function checkStaff({ email, name }: StaffValues): StaffMessages {
  const problems = { name: checkName(name, { label: 'The name', maxLength: 100 }), email: checkEmail(email.trim()) };
  return Object.fromEntries(Object.entries(problems).flatMap(([field, problem]) => (problem ? [[field, problem.message]] : [])));
}

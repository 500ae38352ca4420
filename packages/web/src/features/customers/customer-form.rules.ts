import { checkEmail, checkName } from '@slipway/shared';
import type { CustomerFieldsFragment, CustomerKind } from '../../graphql/documents.generated';

export interface CustomerValues {
  name: string;
  email: string;
  company: string;
  kind: CustomerKind;
}

export type CustomerMessages = Partial<Record<keyof CustomerValues, string>>;

const NAME_MAX_LENGTH = 100;

export function customerValuesOf(existing: CustomerFieldsFragment | null): CustomerValues {
  return { name: existing?.name ?? '', email: existing?.email ?? '', company: existing?.company ?? '', kind: existing?.kind ?? 'COMPANY' };
}

/** What the API would refuse, by field. */
export function checkCustomer({ name, email, company }: CustomerValues): CustomerMessages {
  const problems = {
    name: checkName(name, { label: 'The name', maxLength: NAME_MAX_LENGTH }),
    email: checkEmail(email.trim()),
    company: company.trim() === '' ? null : checkName(company, { label: 'The company', maxLength: NAME_MAX_LENGTH }),
  };
  return Object.fromEntries(Object.entries(problems).flatMap(([field, problem]) => (problem ? [[field, problem.message]] : [])));
}

/** What to send: an empty company is none. */
export function customerInputOf({ name, email, company, kind }: CustomerValues) {
  return { name: name.trim(), email: email.trim(), company: company.trim() || null, kind };
}

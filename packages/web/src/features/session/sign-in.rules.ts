import type { SignInInput } from '../../graphql/documents.generated';
import type { UserError } from '../../graphql/request-problem';
import { signInMessages as words } from '../../messages/entry';

export interface Credentials {
  email: string;
  password: string;
  licenseKey: string;
  /** Of the second factor, once it was asked for. */
  totpCode: string;
}

interface Checked {
  readonly input: SignInInput | null;
  readonly problems: readonly UserError[];
}

/** What to send, or which fields are still empty. Whether they are right is the API's to say. */
export function credentialsOf(way: 'password' | 'license', values: Credentials): Checked {
  const problems: UserError[] = [];
  if (way === 'license') {
    const licenseKey = values.licenseKey.trim();
    if (licenseKey === '') problems.push({ code: 'REQUIRED', field: 'licenseKey', message: words.keyMissing });
    return { input: problems.length > 0 ? null : { licenseKey }, problems };
  }
  const totpCode = values.totpCode.trim();
  const email = values.email.trim();
  if (email === '') problems.push({ code: 'REQUIRED', field: 'email', message: words.emailMissing });
  if (values.password === '') problems.push({ code: 'REQUIRED', field: 'password', message: words.passwordMissing });
  return { input: problems.length > 0 ? null : { email, password: values.password, ...(totpCode === '' ? {} : { totpCode }) }, problems };
}

/** Puts every error at a field that the form shows; what belongs to no field goes above it. */
export function placeErrors(way: 'password' | 'license', errors: readonly UserError[]): Record<string, string> {
  const shown = way === 'license' ? ['licenseKey'] : ['email', 'password', 'totpCode'];
  const lastField = way === 'license' ? 'licenseKey' : 'password';
  const isRefusal = (error: UserError): boolean => error.field === null && error.code !== 'UNREACHABLE' && error.code !== 'RATE_LIMITED';
  return Object.fromEntries(
    errors.map((error) => {
      if (error.field !== null && shown.includes(error.field)) return [error.field, error.message];
      return [isRefusal(error) ? lastField : 'form', error.message];
    }),
  );
}

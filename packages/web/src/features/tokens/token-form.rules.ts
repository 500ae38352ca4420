import { checkName, SCOPE_LABELS, SCOPES, type Scope } from '@slipway/shared';

export interface TokenValues {
  name: string;
  scopes: Scope[];
  productId: string;
  days: string;
}

export type TokenMessages = Partial<Record<'name' | 'scopes' | 'expiresAt', string>>;

export const LIFE_CHOICES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '180', label: 'Half a year' },
  { value: '365', label: 'A year' },
] as const;

const DAY_MS = 86_400_000;

/** The scopes that one may hand on: never more than one's own. */
export function scopeChoices(
  can: (scope: Scope) => boolean,
): readonly { readonly value: Scope; readonly label: string; readonly hint: string }[] {
  return SCOPES.filter(can).map((scope) => ({ value: scope, label: SCOPE_LABELS[scope], hint: scope }));
}

/** What the API would refuse, by field. */
export function checkToken({ name, scopes }: TokenValues): TokenMessages {
  const problem = checkName(name, { label: 'The name', maxLength: 100 });
  return {
    ...(problem ? { name: problem.message } : {}),
    ...(scopes.length === 0 ? { scopes: 'Choose at least one thing that the token may do.' } : {}),
  };
}

export function tokenInputOf(values: TokenValues, now: Date) {
  return {
    name: values.name.trim(),
    scopes: [...values.scopes],
    productId: values.productId || null,
    expiresAt: new Date(now.getTime() + Number(values.days) * DAY_MS).toISOString(),
  };
}

/** What a token comes to now. */
export function tokenState(token: { revokedAt: string | null; expiresAt: string }, now: Date): 'Active' | 'Expired' | 'Revoked' {
  if (token.revokedAt !== null) return 'Revoked';
  return new Date(token.expiresAt) <= now ? 'Expired' : 'Active';
}

/** Where Renew leads for a license; null where the vendor gave no page, or one for a license that is not known. */
export function renewalAddress({ renewalUrl }: { readonly renewalUrl: string }, licenseId: string | null): string | null {
  if (renewalUrl === '' || (licenseId === null && renewalUrl.includes('{license}'))) return null;
  return renewalUrl.replaceAll('{license}', licenseId ?? '');
}

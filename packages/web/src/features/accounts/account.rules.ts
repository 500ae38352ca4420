/** Who has to confirm a change of address yet. */
export function addressChangeText({
  isOldConfirmed,
  isNewConfirmed,
}: {
  readonly isOldConfirmed: boolean;
  readonly isNewConfirmed: boolean;
}): string {
  if (isOldConfirmed) return 'The new address has to confirm it: open the link in the mail there.';
  if (isNewConfirmed) return 'Your present address has to confirm it: open the link in the mail there.';
  return 'Both addresses have to confirm it: open the link in each of the two mails.';
}

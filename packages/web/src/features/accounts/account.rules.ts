import { accountMessages as words } from '../../messages/account';

/** Who has to confirm a change of address yet. */
export function addressChangeText({
  isOldConfirmed,
  isNewConfirmed,
}: {
  readonly isOldConfirmed: boolean;
  readonly isNewConfirmed: boolean;
}): string {
  if (isOldConfirmed) return words.newMustConfirm;
  if (isNewConfirmed) return words.presentMustConfirm;
  return words.bothMustConfirm;
}

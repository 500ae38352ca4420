import { emailKey } from '@slipway/shared';
import { countText } from '../../ui/date-text';

/** What a customer has, by the moment the dialog asks. */
export interface Erasable {
  readonly licenses: number;
  /** There are more than were counted. */
  readonly isCapped: boolean;
  readonly people: number;
}

interface ErasureText {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** What ends, what goes and what stays, true for what this customer has. */
export function erasureTexts({ licenses, isCapped, people }: Erasable): readonly ErasureText[] {
  const some = isCapped ? `More than ${countText(licenses, 'license')}` : countText(licenses, 'license');
  const keys =
    licenses === 1 && !isCapped
      ? 'Its key stops working at once and can never be shown again'
      : 'The keys stop working at once and can never be shown again';
  const ends = [
    ...(licenses === 0 ? [] : [`${some}, revoked. ${keys}.`]),
    ...(people === 0 ? [] : [`${countText(people, 'sign-in')} and every open session.`]),
  ];
  return [
    ...(ends.length === 0 ? [] : [{ heading: 'Ends', lines: ends }]),
    { heading: 'Removed', lines: ['Name, company, e-mail and IP addresses, here and in the audit trail; reasons and labels about them.'] },
    { heading: 'Stays', lines: ['Counts, and who did what to which ID. The audit trail still verifies and says that values were erased.'] },
    { heading: 'Out of reach', lines: ['Backups, and logs that you keep elsewhere.'] },
  ];
}

/** Whether somebody typed the address that is asked for. */
export const isConfirmed = (typed: string, email: string): boolean => emailKey(typed) === emailKey(email);

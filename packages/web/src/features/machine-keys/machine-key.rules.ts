import { checkName } from '@slipway/shared';
import type { KeyLicenseFieldsFragment, MachineKeyFieldsFragment } from '../../graphql/documents.generated';
import { machineKeysMessages as words, machineKeyDialogMessages as dialog } from '../../messages/machine-keys';
import { calendarDateText, dayOfText, timeText } from '../../ui/date-text';

export interface MachineKeyValues {
  name: string;
  /** Empty: all licenses. */
  licenseId: string;
  /** Empty: it never runs out. */
  days: string;
}

export type MachineKeyMessages = Partial<Record<'name' | 'licenseId' | 'expiresAt' | 'form', string>>;

export const LIFE_CHOICES = [
  { value: '90', label: dialog.in90Days },
  { value: '365', label: dialog.inAYear },
  { value: '730', label: dialog.inTwoYears },
  { value: '', label: dialog.never },
] as const;

/** Name, for, last used, runs out, and the button. */
export const KEY_COLUMNS =
  'px-4 md:grid md:grid-cols-[minmax(0,2fr)_minmax(0,1.2fr)_minmax(0,1.2fr)_minmax(0,1fr)_5rem] md:items-center md:gap-4';

const DAY_MS = 86_400_000;
/** From here on people are told that a machine stops. */
const SOON_DAYS = 14;

/** What the API would refuse, by field. */
export function checkMachineKey({ name }: Pick<MachineKeyValues, 'name'>): MachineKeyMessages {
  const problem = checkName(name, { label: dialog.theName, maxLength: 100 });
  return problem ? { name: problem.message } : {};
}

export function machineKeyInputOf({ name, licenseId, days }: MachineKeyValues, now: Date) {
  const expiresAt = days === '' ? null : new Date(now.getTime() + Number(days) * DAY_MS).toISOString();
  return { name: name.trim(), licenseId: licenseId || null, expiresAt };
}

interface ChoosableLicense extends Pick<KeyLicenseFieldsFragment, 'id' | 'keyHint' | 'status'> {
  readonly product: Pick<KeyLicenseFieldsFragment['product'], 'name'>;
}

/** All licenses, or one of them; of several for a product the end of the key says which. */
export function licenseChoices(licenses: readonly ChoosableLicense[]) {
  const useful = licenses.filter(({ status }) => status !== 'REVOKED');
  const isTwice = ({ product }: ChoosableLicense): boolean => useful.filter((other) => other.product.name === product.name).length > 1;
  const label = (license: ChoosableLicense): string =>
    isTwice(license) ? words.ofLicense(license.product.name, license.keyHint) : license.product.name;
  return [{ value: '', label: words.allProducts }, ...useful.map((license) => ({ value: license.id, label: label(license) }))];
}

/** The license by which a first download is shown: the chosen one, else one that works. */
export function licenseToShow<T extends Pick<KeyLicenseFieldsFragment, 'id' | 'status'>>(
  licenses: readonly T[],
  chosenId: string,
): T | null {
  return licenses.find(({ id, status }) => (chosenId === '' ? status === 'ACTIVE' : id === chosenId)) ?? null;
}

/** "Today, 6:12 AM", "Nov 21, 2026", "Never used", in the reader's own zone. */
export function lastUseText(lastUsedAt: string | null, now: Date): string {
  if (lastUsedAt === null) return words.neverUsed;
  const at = new Date(lastUsedAt);
  if (at.toDateString() === now.toDateString()) return words.today(timeText(at));
  return calendarDateText(new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10));
}

/** When a key runs out, and how urgent that is. */
export function endOf(
  { expiresAt }: Pick<MachineKeyFieldsFragment, 'expiresAt'>,
  now: Date,
  timeZone: string,
): { readonly text: string; readonly tone: 'bad' | 'warn' | null } {
  if (expiresAt === null) return { text: words.never, tone: null };
  const days = Math.ceil((Date.parse(expiresAt) - now.getTime()) / DAY_MS);
  if (days <= 0) return { text: words.ended(dayOfText(expiresAt, timeZone)), tone: 'bad' };
  if (days > SOON_DAYS) return { text: dayOfText(expiresAt, timeZone), tone: null };
  return { text: words.endsIn(days), tone: 'warn' };
}

/** The line with which a program downloads the newest release: ready to paste, key included. */
export function downloadLine(key: string, slug: string, origin: string): string {
  return `curl -L -OJ -u machine:${key} ${origin}/download/${slug}/stable/linux`;
}

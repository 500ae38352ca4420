import { SETTING_NAMES, type SettingName } from '@slipway/shared';
import type { SettingsFieldsFragment } from '../../graphql/documents.generated';
import { dayOfText } from '../../ui/date-text';

/** Who saved a setting, and where the logs tell of it. */
export interface SavedNote {
  readonly text: string;
  readonly to: string | null;
}

/** `VENDOR_NAME` is vendorName. */
const namedBy = (code: string): SettingName | undefined =>
  SETTING_NAMES.find((name) => name.replaceAll(/(?=[A-Z])/g, '_').toUpperCase() === code);

/** What stands below each setting that is not its default, by its name. */
export function savedNotes(saved: SettingsFieldsFragment['saved'], timeZone: string): ReadonlyMap<SettingName, SavedNote> {
  return new Map(
    saved.flatMap(({ name, savedAt, savedBy, event }) => {
      const setting = namedBy(name);
      const day = dayOfText(savedAt, timeZone);
      const text = savedBy ? `Changed by ${savedBy.name} on ${day}` : `Changed on ${day}`;
      const to = event?.requestId ? `/admin/logs?q=${encodeURIComponent(event.requestId)}` : null;
      return setting ? [[setting, { text, to }] as const] : [];
    }),
  );
}

/** What is being typed into the form, kept in this browser until it is saved or discarded: a closed tab loses nothing. */
import { CONTENT_FIELDS, valuesOf, type DownloadableValues } from '../downloadable-form.rules';

export interface FormDraft {
  readonly values: DownloadableValues;
  /** Names of the files that were chosen: a browser gives them back only when they are chosen again. */
  readonly fileNames: readonly string[];
  /** The lockVersion of what was edited; null for a new downloadable. */
  readonly lockVersion: number | null;
  readonly savedAt: string;
}

export interface DraftStore {
  read(): FormDraft | null;
  write(draft: FormDraft): void;
  forget(): void;
}

/** @param personId whose draft it is @param formId `new`, or the id of the downloadable that is edited */
export function makeDraftStore(personId: string, formId: string, storage: () => Storage = () => localStorage): DraftStore {
  const key = `slipway.form.${personId}.${formId}`;
  const attempt = <T>(work: (storage: Storage) => T): T | null => {
    try {
      return work(storage());
    } catch {
      return null; // storage is blocked or full: the form works without it
    }
  };
  return {
    read: () => attempt((there) => parseDraft(there.getItem(key))),
    write: (draft) => void attempt((there) => there.setItem(key, JSON.stringify(draft))),
    forget: () => void attempt((there) => there.removeItem(key)),
  };
}

function parseDraft(text: string | null): FormDraft | null {
  const stored: unknown = JSON.parse(text ?? 'null');
  if (typeof stored !== 'object' || stored === null) return null;
  const { values: kept, fileNames, lockVersion, savedAt } = stored as Partial<Record<keyof FormDraft, unknown>>; // checked field by field below
  const values = valuesIn(kept);
  if (values === null || !Array.isArray(fileNames) || typeof savedAt !== 'string') return null;
  const names = fileNames.filter((name) => typeof name === 'string');
  return { values, fileNames: names, lockVersion: typeof lockVersion === 'number' ? lockVersion : null, savedAt };
}

/** What was kept before a field existed is completed, so that nothing typed is lost; null: this is not what was kept. */
function valuesIn(value: unknown): DownloadableValues | null {
  if (typeof value !== 'object' || value === null) return null;
  const empty = valuesOf(null, '');
  const fields = { ...empty, ...value };
  const isComplete = (['productId', ...CONTENT_FIELDS] as const).every((field) => typeof fields[field] === typeof empty[field]);
  return isComplete && ['DRAFT', 'PUBLISHED'].includes(fields.intent) ? fields : null;
}

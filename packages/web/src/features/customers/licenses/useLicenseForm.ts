import { computed, reactive, ref, shallowRef, watch } from 'vue';
import type { Channel } from '@slipway/shared';
import { CreateLicenseDocument, UpdateLicenseDocument, type LicenseFieldsFragment } from '../../../graphql/documents.generated';
import type { UserError } from '../../../graphql/request-problem';
import { mutate } from '../../../graphql/useMutation';
import { checkLicense, FIELD_OF_INPUT, licenseInputOf, licenseValuesOf, type LicenseMessages } from './license-form.rules';

export interface SavedLicense {
  readonly license: LicenseFieldsFragment;
  /** The key of a new license. */
  readonly key: string | null;
}

interface FormContext {
  readonly existing: LicenseFieldsFragment | null;
  readonly timeZone: string;
  readonly channelsOf: (productId: string) => readonly Channel[] | null;
}

/** The values of a license's form, their faults, and saving them. */
export function useLicenseForm({ existing, timeZone, channelsOf }: FormContext) {
  const values = reactive(licenseValuesOf(existing, timeZone));
  const before = licenseValuesOf(existing, timeZone);
  const wasSubmitted = ref(false);
  const refused = shallowRef<LicenseMessages & { form?: string }>({});
  const channels = computed(() => channelsOf(values.productId));
  const messages = (): LicenseMessages => checkLicense(values, { channels: channels.value, timeZone });
  const errors = computed<LicenseMessages & { form?: string }>(() => ({ ...(wasSubmitted.value ? messages() : {}), ...refused.value }));
  watch(values, () => (refused.value = {}));

  async function send(): Promise<{ saved: SavedLicense | null; userErrors: readonly UserError[] }> {
    const input = licenseInputOf(values, existing ? before : null, timeZone);
    const outcome = existing
      ? await mutate(UpdateLicenseDocument, { input: { id: existing.id, ...input } })
      : await mutate(CreateLicenseDocument, {
          input: { ...input, customerId: values.customerId, productId: values.productId, key: values.key.trim() || null },
        });
    if (outcome.problem) return { saved: null, userErrors: [{ ...outcome.problem, field: null }] };
    const { license, userErrors, key } =
      'updateLicense' in outcome.data ? { ...outcome.data.updateLicense, key: null } : outcome.data.createLicense;
    return { saved: license && { license, key }, userErrors };
  }

  /** Saves what is good. @returns what was saved, or null when something stands at a field */
  async function submit(): Promise<SavedLicense | null> {
    wasSubmitted.value = true;
    if (Object.keys(messages()).length > 0) return null;
    const { saved, userErrors } = await send();
    const placeOf = (field: string | null): string => {
      const own = field === null ? 'form' : (FIELD_OF_INPUT[field] ?? field);
      return own in values ? own : 'form';
    };
    refused.value = Object.fromEntries(userErrors.map(({ field, message }) => [placeOf(field), message]));
    return saved;
  }

  const hasChanges = computed(() => JSON.stringify(values) !== JSON.stringify(before));
  /** What a license that exists would be changed to; null while something stands at a field, or nothing differs. */
  const terms = computed(() => {
    if (!existing || !hasChanges.value || Object.keys(messages()).length > 0) return null;
    return { id: existing.id, ...licenseInputOf(values, before, timeZone) };
  });
  return { values, channels, errors, submit, hasChanges, terms };
}

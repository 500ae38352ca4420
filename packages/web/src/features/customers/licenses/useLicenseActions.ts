import { portalPath } from '@slipway/shared';
import { computed, shallowRef } from 'vue';
import { useRouter } from 'vue-router';
import { UpdateLicenseDocument, type LicenseFieldsFragment } from '../../../graphql/documents.generated';
import { useSession } from '../../../graphql/session';
import { mutate } from '../../../graphql/useMutation';
import { calendarDateText } from '../../../ui/date-text';
import { notify } from '../../../ui/notify';
import { extensionOf, type LicenseAction } from './license-actions';
import { dayText } from './license-dates';

interface Opened {
  readonly action: 'SHOW_KEY' | 'SUSPEND' | 'REINSTATE' | 'REVOKE';
  readonly license: LicenseFieldsFragment;
}

/** Does what was chosen from a license's menu, or opens its dialog. @param edit opens the form */
export function useLicenseActions(edit: (license: LicenseFieldsFragment) => void) {
  const router = useRouter();
  const { vendor } = useSession();
  const opened = shallowRef<Opened | null>(null);

  async function extend(license: LicenseFieldsFragment, months: number): Promise<void> {
    const { expiresAt, updatesUntil } = license;
    const timeZone = vendor.value?.timeZone ?? 'UTC';
    const change = extensionOf(license, months, { now: new Date(), timeZone });
    const outcome = await mutate(UpdateLicenseDocument, { input: { id: license.id, ...change } });
    const refusal = outcome.problem ?? outcome.data.updateLicense.userErrors[0];
    if (refusal) return void notify.failure('The license was not extended.', refusal.message);
    const end = change.expiresAt
      ? `Valid until ${dayText(change.expiresAt, timeZone, '')}.`
      : `Updates until ${calendarDateText(change.updatesUntil ?? '')}.`;
    void notify.success(end, {
      label: 'Undo',
      run: () => void mutate(UpdateLicenseDocument, { input: { id: license.id, expiresAt, updatesUntil } }),
    });
  }

  function act(action: LicenseAction, license: LicenseFieldsFragment): void {
    if (action === 'EDIT') edit(license);
    else if (action === 'EXTEND_MONTH') void extend(license, 1);
    else if (action === 'EXTEND_YEAR') void extend(license, 12);
    else if (action === 'LOOK_AS') void router.push({ path: portalPath(license.product.slug), query: { as: license.id } });
    else if (action === 'EXPLAIN') void router.push({ path: '/admin/access', query: { license: license.id } });
    else if (action === 'HISTORY') void router.push({ path: '/admin/logs', query: { about: `license:${license.id}` } });
    else opened.value = { action, license };
  }

  return { act, opened: computed(() => opened.value), close: (): void => void (opened.value = null) };
}

import { SETTING_NAMES, type SettingName } from '@slipway/shared';
import { computed, reactive, ref, shallowRef, watch } from 'vue';
import { GetSettingsDocument, SaveSettingsDocument, type SettingsFieldsFragment } from '../../graphql/documents.generated';
import { useSession } from '../../graphql/session';
import { useMutation } from '../../graphql/useMutation';
import { useQuery } from '../../graphql/useQuery';
import { refreshBrand } from '../../ui/brand';
import { savedNotes } from './saved-notes';
import {
  changedNames,
  checkTexts,
  textOf,
  textsOf,
  theirsNotice,
  valueOf,
  type SettingMessages,
  type SettingTexts,
} from './settings-form.rules';

interface Refused {
  readonly fields: SettingMessages;
  readonly form: string | null;
  /** Somebody else saved meanwhile. */
  readonly isConflict: boolean;
}
const CONFLICT = 'Somebody else saved settings meanwhile. What they changed is shown now; save again to add your changes.';
const NOTHING: Refused = { fields: {}, form: null, isConflict: false };

/** What is saved, what is typed, and what others saved where something else is typed here. */
function useSettingTexts() {
  const saved = shallowRef<SettingsFieldsFragment | null>(null);
  // Filled as soon as the settings are there.
  const texts = reactive({} as SettingTexts);
  const theirs = shallowRef<SettingMessages>({});
  const changed = computed(() => (saved.value ? changedNames(saved.value, texts) : []));

  /** Takes over what is saved, and leaves what was typed beside it. */
  function adopt(settings: SettingsFieldsFragment, kept: readonly SettingName[]): void {
    const before = saved.value;
    const moved = kept.filter((name) => before && before[name] !== settings[name]);
    for (const name of SETTING_NAMES) if (!kept.includes(name)) texts[name] = textOf(name, settings[name]);
    saved.value = settings;
    if (moved.length > 0) theirs.value = Object.fromEntries(moved.map((name) => [name, theirsNotice(name, settings[name])]));
  }
  function restore(): void {
    if (saved.value) Object.assign(texts, textsOf(saved.value));
    theirs.value = {};
  }
  return { saved, texts, theirs, changed, adopt, restore };
}

/** All settings in one form over several tabs: what is typed on one stays while another is looked at. */
export function useSettingsForm() {
  const session = useSession();
  const query = useQuery(GetSettingsDocument, () => ({}), { fetchPolicy: 'network-only' });
  const { saved, texts, theirs, changed, adopt, restore } = useSettingTexts();
  const wasSubmitted = ref(false);
  const refused = shallowRef<Refused>(NOTHING);
  const { run, isRunning } = useMutation(SaveSettingsDocument);
  const checked = computed(() => (saved.value && wasSubmitted.value ? checkTexts(saved.value, texts) : {}));
  const errors = computed<SettingMessages>(() => ({ ...checked.value, ...refused.value.fields }));
  const notes = computed(() => savedNotes(saved.value?.saved ?? [], session.vendor.value?.timeZone ?? 'UTC'));
  const fixed = computed(() => new Map(saved.value?.fixed.map(({ variable }) => [variable, variable]) ?? []));
  watch(query.data, (data) => data && adopt(data.settings, changed.value), { immediate: true });
  // A conflict stays in sight until it is settled.
  watch(texts, () => (refused.value = refused.value.isConflict ? { ...refused.value, fields: {} } : NOTHING));

  function settle(): void {
    wasSubmitted.value = false;
    refused.value = NOTHING;
  }
  function discard(): void {
    restore();
    settle();
  }

  /** @returns whether all is saved */
  async function save(): Promise<boolean> {
    const before = saved.value;
    wasSubmitted.value = true;
    if (!before || Object.keys(checkTexts(before, texts)).length > 0) return false;
    const sent = { ...texts };
    const isBrand = changed.value.some((name) => name === 'logo' || name === 'accentColor');
    const values = Object.fromEntries(changed.value.map((name) => [name, valueOf(name, texts[name])]));
    const outcome = await run({ input: { ...values, lockVersion: before.lockVersion } });
    const problems = outcome.problem ? [{ ...outcome.problem, field: null }] : outcome.data.updateSettings.userErrors;
    const settings = outcome.data?.updateSettings.settings;
    if (problems.length > 0 || !settings) {
      refused.value = refusedBy(problems);
      if (refused.value.isConflict) query.refetch();
      return false;
    }
    theirs.value = {};
    adopt(settings, namesOfOther(texts, sent));
    settle();
    void session.reloadVendor();
    if (isBrand) refreshBrand();
    return true;
  }

  return { query, saved, texts, theirs, changed, errors, refused, fixed, notes, isSaving: isRunning, save, discard };
}

/** What was typed while the rest was on its way. */
const namesOfOther = (texts: SettingTexts, sent: SettingTexts): readonly SettingName[] =>
  SETTING_NAMES.filter((name) => texts[name] !== sent[name]);

function refusedBy(problems: readonly { readonly code: string; readonly message: string; readonly field: string | null }[]): Refused {
  const isOfField = (field: string | null): field is SettingName => SETTING_NAMES.some((name) => name === field);
  const fields = Object.fromEntries(problems.flatMap(({ field, message }) => (isOfField(field) ? [[field, message]] : [])));
  const rest = problems.filter(({ field }) => !isOfField(field));
  const isConflict = rest.some(({ code }) => code === 'EDIT_CONFLICT');
  return { fields, form: isConflict ? CONFLICT : (rest[0]?.message ?? null), isConflict };
}

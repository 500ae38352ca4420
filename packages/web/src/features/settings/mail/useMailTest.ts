import { MAIL_SETTING_NAMES, type SettingName } from '@slipway/shared';
import { readonly, ref, shallowRef, watch } from 'vue';
import { TestMailDocument, type TestMailMutation } from '../../../graphql/documents.generated';
import { useSession } from '../../../graphql/session';
import { useMutation } from '../../../graphql/useMutation';
import { valueOf, type SettingTexts } from '../settings-form.rules';

type TestedMail = NonNullable<TestMailMutation['testMail']['mail']>;

/** What became of the last test mail, and whether what it was sent with still stands in the fields. */
export function useMailTest(texts: () => SettingTexts) {
  const to = ref(useSession().viewer.value?.user?.email ?? '');
  const mail = shallowRef<TestedMail | null>(null);
  const isOutdated = ref(false);
  const toError = ref<string>();
  /** What is wrong with a setting, or with the request: said beside the button. */
  const problem = ref<string | null>(null);
  const { run, isRunning } = useMutation(TestMailDocument);
  watch(
    () => MAIL_SETTING_NAMES.map((name) => texts()[name]),
    () => (isOutdated.value = mail.value !== null || problem.value !== null),
  );

  async function send(): Promise<void> {
    const names: readonly SettingName[] = MAIL_SETTING_NAMES.filter((name) => name !== 'mailsPerMinute');
    const values = Object.fromEntries(names.map((name) => [name, valueOf(name, texts()[name])]));
    // What is no number is refused here as it is when it is saved.
    const smtpPort = Number.isNaN(values['smtpPort']) ? 0 : Number(values['smtpPort']);
    const outcome = await run({ input: { ...values, smtpPort, to: to.value.trim() } });
    const errors = outcome.data?.testMail.userErrors ?? [];
    toError.value = errors.find(({ field }) => field === 'to')?.message;
    problem.value = outcome.problem?.message ?? errors.find(({ field }) => field !== 'to')?.message ?? null;
    mail.value = outcome.data?.testMail.mail ?? null;
    isOutdated.value = false;
  }

  return {
    to,
    mail: readonly(mail),
    isOutdated: readonly(isOutdated),
    toError: readonly(toError),
    problem: readonly(problem),
    isSending: isRunning,
    send,
  };
}

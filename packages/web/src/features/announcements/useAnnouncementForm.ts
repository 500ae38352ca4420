import { checkBody, checkSubject, FIRST_TEXT, RECALL_TEXT, SECOND_TEXT, type AnnouncementKind } from '@slipway/shared';
import { computed, reactive, ref } from 'vue';

/** What is typed. */
export interface AnnouncementValues {
  subject: string;
  body: string;
  secondSubject: string;
  secondBody: string;
  hasSecondText: boolean;
  perMinute: string;
}

export type TextTab = 'FIRST' | 'SECOND';

/** The texts of an announcement or recall while they are written. */
export function useAnnouncementForm(kind: AnnouncementKind) {
  const first = kind === 'RECALL' ? RECALL_TEXT : FIRST_TEXT;
  const values = reactive<AnnouncementValues>({
    ...first,
    secondSubject: SECOND_TEXT.subject,
    secondBody: SECOND_TEXT.body,
    hasSecondText: false,
    perMinute: '',
  });
  const tab = ref<TextTab>('FIRST');
  /** Seen once somebody wants to send it; what cannot be filled in at once. */
  const isSubmitted = ref(false);
  const refused = ref<Readonly<Record<string, string>>>({});
  const problems = computed(() => checkValues(values, kind));
  const shown = computed(() => {
    const early = Object.entries(problems.value).filter(([, { code }]) => isSubmitted.value || code !== 'NAME_REQUIRED');
    return { ...Object.fromEntries(early.map(([name, { message }]) => [name, message])), ...refused.value };
  });
  const text = computed(() =>
    tab.value === 'SECOND' && values.hasSecondText
      ? { subject: values.secondSubject, body: values.secondBody }
      : { subject: values.subject, body: values.body },
  );
  return { values, tab, text, isSubmitted, refused, isGood: computed(() => Object.keys(problems.value).length === 0), errors: shown };
}

function checkValues(values: AnnouncementValues, kind: AnnouncementKind) {
  const { subject, body, secondSubject, secondBody, hasSecondText, perMinute } = values;
  const number = Number(perMinute);
  const isLimit = perMinute.trim() === '' || (Number.isInteger(number) && number >= 1 && number <= 10_000);
  const found = {
    subject: checkSubject(subject, kind),
    body: checkBody(body, kind),
    secondSubject: hasSecondText ? checkSubject(secondSubject, kind) : null,
    secondBody: hasSecondText ? checkBody(secondBody, kind) : null,
    perMinute: isLimit ? null : { code: 'VALUE_INVALID' as const, message: 'Enter 1 to 10,000, or leave it empty.' },
  };
  return Object.fromEntries(Object.entries(found).flatMap(([name, problem]) => (problem ? [[name, problem] as const] : [])));
}

/** The texts as the API takes them. */
export function inputOf(
  { subject, body, secondSubject, secondBody, hasSecondText, perMinute }: AnnouncementValues,
  kind: AnnouncementKind,
) {
  const second = kind === 'RECALL' || !hasSecondText ? {} : { secondSubject, secondBody };
  return { subject, body, ...second, ...(perMinute.trim() === '' ? {} : { perMinute: Number(perMinute) }) };
}

import { countText, numberText } from '../ui/date-text';

/** The forms that a language has for a number of things. English has two; `Intl.PluralRules` names those of others. */
export interface PluralForms {
  readonly one: string;
  readonly other: string;
}

/** "1 version", "12 versions". */
export const counted = (count: number, { one, other }: PluralForms): string => countText(count, one, other);

/** Texts one after the other, each ended as a sentence. */
export const sentences = (...texts: readonly (string | null | undefined | false)[]): string =>
  texts.flatMap((text) => (text ? [/[.!?]$/.test(text) ? text : `${text}.`] : [])).join(' ');

/** "12 versions", "1,000+ versions" where counting stopped. */
export const countedUpTo = (count: number, isCapped: boolean, forms: PluralForms): string =>
  isCapped ? `${numberText(count)}+ ${forms.other}` : counted(count, forms);

import { checkChannels, checkName, checkParagraphs, checkSlug, DEFAULT_CHANNELS, SLUG_MAX_LENGTH, type Channel } from '@slipway/shared';
import { FieldProblems } from '../../kernel/problem/refusal.js';
import type { ChannelInput } from './product.inputs.js';

export const PRODUCT_NAME_MAX_LENGTH = 100;
export const DESCRIPTION_MAX_LENGTH = 2_000;

export interface ProductContent {
  readonly name: string;
  readonly slug: string;
  readonly description: string | null;
  readonly channels: readonly Channel[];
}

/** Refuses with every field that breaks a rule. */
export function checkProduct(content: ProductContent): void {
  const problems = new FieldProblems();
  problems.add('name', checkName(content.name, { label: 'The name', maxLength: PRODUCT_NAME_MAX_LENGTH }));
  problems.add('slug', checkSlug(content.slug));
  if (content.description)
    problems.add('description', checkParagraphs(content.description, { label: 'The description', maxLength: DESCRIPTION_MAX_LENGTH }));
  problems.add('channels', checkChannels(content.channels));
  problems.throwIfAny();
}

/** A slug made of a name: "Aurora Studio" -> "aurora-studio". */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug.slice(0, SLUG_MAX_LENGTH).replace(/-+$/, '');
}

export function channelsOf(input: readonly ChannelInput[] | null | undefined): readonly Channel[] {
  return input ? input.map((channel) => ({ name: channel.name, includes: channel.includes ?? [] })) : DEFAULT_CHANNELS;
}

/** How a name sorts: letters first, capitals alike. */
export function nameKey(name: string): string {
  return name.trim().toLowerCase();
}

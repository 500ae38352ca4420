import {
  CHANGELOG_MAX_LENGTH,
  declarationOf,
  LOGO_MAX_BYTES,
  NOTES_MAX_LENGTH,
  SETTING_NAMES,
  STORAGE_FIELD_NAMES,
  URL_MAX_LENGTH,
} from '@slipway/shared';
import { LIMITS } from '../kernel/limits/limits.js';

/** A text whose own rule is stricter and says more; this only bounds what the rule is shown. */
const RULED = LIMITS.argumentText.most;
const CURSOR = LIMITS.cursorText.most;
const SEARCH = LIMITS.searchText.most;
/** A changelog that is a little too long shall hear so from its own rule. */
const CHANGELOG = 2 * CHANGELOG_MAX_LENGTH;

/** Base64 of an image that is a third too large shall hear so from its own rule. */
const IMAGE = Math.ceil((4 / 3) * 1.35 * LOGO_MAX_BYTES);

/** Longer ones are refused by the setting's own rule. */
const SETTING_TEXTS = Object.fromEntries(
  SETTING_NAMES.flatMap((name) => {
    const { kind } = declarationOf(name);
    return kind === 'NUMBER' ? [] : [[name, kind === 'IMAGE' ? IMAGE : RULED] as const];
  }),
);

const STORAGE_TEXTS = Object.fromEntries(STORAGE_FIELD_NAMES.map((name) => [name, RULED]));

/** The longest text of every String argument and input field of the schema, by its name, in UTF-16 units. One that is missing here is an error at start. */
export const TEXT_LENGTHS: Readonly<Record<string, number>> = {
  after: CURSOR,
  before: CURSOR,
  body: CHANGELOG,
  changelog: CHANGELOG,
  channel: RULED,
  channels: RULED,
  code: RULED,
  company: RULED,
  confirm: RULED,
  confirmEmail: RULED,
  confirmVersion: RULED,
  constraint: RULED,
  currentPassword: RULED,
  customerReason: RULED,
  description: 2 * RULED,
  email: RULED,
  externalReference: RULED,
  fileName: RULED,
  fingerprint: RULED,
  idempotencyKey: RULED,
  includes: RULED,
  installNote: RULED,
  key: RULED,
  label: RULED,
  licenseKey: RULED,
  markdown: CHANGELOG,
  name: RULED,
  newPassword: RULED,
  notes: 2 * NOTES_MAX_LENGTH,
  password: RULED,
  product: RULED,
  productSlug: RULED,
  query: 2 * RULED,
  reason: RULED,
  requirements: RULED,
  scopes: RULED,
  search: SEARCH,
  secondBody: CHANGELOG,
  secondSubject: RULED,
  sha256: RULED,
  since: RULED,
  slug: RULED,
  ...SETTING_TEXTS,
  ...STORAGE_TEXTS,
  to: RULED,
  summary: RULED,
  subject: RULED,
  tag: RULED,
  tags: RULED,
  token: RULED,
  totpCode: RULED,
  until: RULED,
  url: 2 * URL_MAX_LENGTH,
  version: RULED,
  versionRange: RULED,
};

/** The question of an update check: in the address of the page, as the API takes it, and as a program sends it. */
import { ARCHITECTURES, currentVersionKey, parseUpdateConstraint, PLATFORMS, type Architecture, type Platform } from '@slipway/shared';
import type { UpdateCheckInput } from '../../graphql/documents.generated';

/** What a program says of itself. Empty: it does not say it. */
export interface UpdateQuestion {
  /** The slug. */
  readonly product: string;
  readonly version: string;
  readonly platform: Platform | '';
  readonly architecture: Architecture | '';
  readonly channel: string;
  readonly constraint: string;
  /** The ID of the license whose key it sends; empty: it sends none. */
  readonly license: string;
}

export type QuestionField = keyof UpdateQuestion;
export type QuestionMessages = Partial<Record<QuestionField, string>>;

/** As HTTP names them; `license` is of the page alone. */
const SENT = ['product', 'version', 'platform', 'architecture', 'channel', 'constraint'] as const;

type Query = Readonly<Record<string, unknown>>;
const textOf = (query: Query, name: QuestionField): string => {
  const value = query[name];
  return typeof value === 'string' ? value : '';
};

/** Reads an address; a platform or architecture that is none is left out. */
export function questionOf(query: Query): UpdateQuestion {
  const text = (name: QuestionField): string => textOf(query, name);
  const platform = PLATFORMS.find((one) => one === text('platform').toUpperCase()) ?? '';
  return {
    product: text('product'),
    version: text('version'),
    platform,
    architecture: platform === '' ? '' : (ARCHITECTURES.find((one) => one === text('architecture').toUpperCase()) ?? ''),
    channel: text('channel'),
    constraint: text('constraint'),
    license: text('license'),
  };
}

/** The question in an address, without what is empty. */
export function queryOf(question: UpdateQuestion): Readonly<Record<string, string>> {
  const { license } = question;
  return { ...sentOf(question), ...(license === '' ? {} : { license }) };
}

function sentOf(question: UpdateQuestion): Readonly<Record<string, string>> {
  const named = { ...question, platform: question.platform.toLowerCase(), architecture: question.architecture.toLowerCase() };
  const given = SENT.map((name) => [name, named[name].trim()] as const).filter(([, value]) => value !== '');
  return Object.fromEntries(given);
}

/** What the API would refuse, by field. */
export function checkQuestion({ product, version, constraint }: UpdateQuestion): QuestionMessages {
  const messages: QuestionMessages = {};
  if (product === '') messages.product = 'Choose a product.';
  const key = currentVersionKey(version.trim());
  if (version.trim() === '') messages.version = 'Enter the version that is installed, for example 2.3.0.';
  else if (!key.ok) messages.version = key.problem.message;
  const limit = constraint.trim() === '' ? null : parseUpdateConstraint(constraint.trim());
  if (limit && !limit.ok) messages.constraint = limit.problem.message;
  return messages;
}

export function inputOf({ platform, architecture, license, ...rest }: UpdateQuestion): UpdateCheckInput {
  return {
    product: rest.product,
    version: rest.version.trim(),
    channel: rest.channel || null,
    constraint: rest.constraint.trim() || null,
    platform: platform || null,
    architecture: architecture || null,
    licenseId: license || null,
  };
}

/** Where a program asks. @param origin the server, for example `https://downloads.example.com` */
export const checkAddress = (question: UpdateQuestion, origin: string): string =>
  `${origin}/api/v1/updates/check?${new URLSearchParams(sentOf(question)).toString()}`;

/** The line that asks the same in a terminal, with the answer's headers; the key stays in its variable. */
export const curlLine = (question: UpdateQuestion, origin: string): string =>
  `curl -i ${question.license === '' ? '' : '-u "license:$LICENSE_KEY" '}"${checkAddress(question, origin)}"`;

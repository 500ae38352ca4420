/** What a program would read: the status line, the headers and the body. */
import {
  ENTITLEMENT_CODES,
  entitlementPhrase,
  entitlementStatus,
  problemJson,
  realmOf,
  UPDATE_HEADERS,
  updateReply,
} from '@slipway/shared';
import type { EntitlementCode, EntitlementParams } from '@slipway/shared';
import type { RequestProblem } from '../../graphql/request-problem';
import type { CheckedUpdate } from './update-text';

export interface HttpAnswer {
  /** "200 OK" */
  readonly status: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** JSON, indented; null: there is none. */
  readonly body: string | null;
}

const PHRASES = { 200: 'OK', 204: 'No Content' } as const;
const jsonText = (body: unknown): string => JSON.stringify(body, null, 2);

/** The answer to a program that was told something. */
export function httpAnswerOf(checked: CheckedUpdate): HttpAnswer {
  const { status, headers, body } = updateReply(checked);
  return { status: `${status} ${PHRASES[status]}`, headers: Object.entries(headers), body: body && jsonText(body) };
}

/** The code of a refusal that says that the caller has nothing of the product; null: something else went wrong. */
export function denialOf({ code }: Pick<RequestProblem, 'code'>): EntitlementCode | null {
  return ENTITLEMENT_CODES.find((known) => known === code) ?? null;
}

/** The answer to a program that has nothing of the product. @param vendor its name, with which 401 asks for a password */
export function httpRefusalOf(code: EntitlementCode, { message, details, requestId }: RequestProblem, vendor: string): HttpAnswer {
  const status = entitlementStatus(code);
  const { params, remedy } = details ?? {};
  const challenge = status === 401 ? [['WWW-Authenticate', `Basic realm="${realmOf(vendor)}"`] as const] : [];
  return {
    status: `${status} ${entitlementPhrase({ code, params: (params ?? {}) as EntitlementParams })}`, // as the decision had them
    headers: [...Object.entries(UPDATE_HEADERS), ...challenge, ['Content-Type', 'application/problem+json; charset=utf-8']],
    body: jsonText(problemJson({ status, code, message, params, remedy }, requestId ?? '')),
  };
}

/** As a terminal shows it. */
export const answerText = ({ status, headers, body }: HttpAnswer): string =>
  [`HTTP/1.1 ${status}`, ...headers.map(([name, value]) => `${name}: ${value}`), ...(body === null ? [] : ['', body])].join('\n');

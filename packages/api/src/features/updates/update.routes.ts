import { ARCHITECTURES, parseArchitecture, parseTarget, PLATFORMS, type Target } from '@slipway/shared';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '../../kernel/context.js';
import { sendTagged, tagOf } from '../../kernel/entity-tag.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { badInput } from '../../kernel/problem/faults.js';
import { resultOf, updateFileOf } from './update-answers.js';
import type { UpdateUse } from './update-check.resolver.js';
import type { UpdateCheckResult } from './update-check.schema.js';
import { targetOf, unknownName, type UpdateQuestion } from './update-question.js';

export interface UpdateRoutes extends UpdateUse {
  readonly contextOf: (request: FastifyRequest) => RequestContext;
}

type Parameter = 'product' | 'version' | 'channel' | 'platform' | 'architecture' | 'constraint';

interface Check {
  readonly Querystring: Readonly<Partial<Record<Parameter, string>>>;
}

const WORDS = { platform: PLATFORMS.map((name) => name.toLowerCase()), architecture: ARCHITECTURES.map((name) => name.toLowerCase()) };

/**
 * `GET|HEAD /api/v1/updates/check`: 200 with the release to update to, or with why the newer one may not be had; 204 when the program is
 * up to date. Refusals are problem+json.
 */
export function registerUpdateRoutes(app: FastifyInstance, use: UpdateRoutes): void {
  const length = LIMITS.pathPart.most;
  const names = ['product', 'version', 'channel', 'platform', 'architecture', 'constraint'] as const;
  const config = { access: 'public', query: Object.fromEntries(names.map((name) => [name, length])) } as const;
  app.get<Check>('/api/v1/updates/check', { config }, (request, reply) => answer(use, request, reply));
}

async function answer(use: UpdateRoutes, request: FastifyRequest<Check>, reply: FastifyReply): Promise<FastifyReply> {
  void reply.header('Vary', 'Authorization, Cookie, X-License-Key').header('Cache-Control', 'private, no-cache');
  const context = use.contextOf(request);
  const question = questionOf(request.query);
  const result = resultOf(await use.updates.check(context, question), { context, target: question.target });
  if (result.latestVersion !== null) void reply.header('X-Latest-Version', result.latestVersion);
  if (result.current.isWithdrawn) void reply.header('X-Current-Version-Status', 'WITHDRAWN');
  if (result.status === 'UP_TO_DATE') return reply.code(204).send();
  const body = JSON.stringify(await bodyOf(use, result));
  return sendTagged(request, reply.type('application/json; charset=utf-8'), { tag: tagOf(body), body });
}

/** What is empty was not given: programs fill in a template. @throws PublicFault BAD_USER_INPUT */
function questionOf(query: Check['Querystring']): UpdateQuestion {
  const given = (name: Parameter): string | null => (query[name]?.trim() ?? '') || null;
  const required = (name: Parameter, example: string): string => {
    const value = given(name);
    if (value === null) throw badInput(`The parameter ${name} is missing: add it, for example ${name}=${example}.`);
    return value;
  };
  return {
    product: required('product', 'aurora-studio'),
    version: required('version', '2.4.0'),
    channel: given('channel'),
    constraint: given('constraint'),
    target: computerOf(given('platform'), given('architecture')),
  };
}

/** A platform may come with its architecture, as `win32-x64`; one that stands by itself counts more. */
function computerOf(platform: string | null, architecture: string | null): Target | null {
  const named = platform === null ? null : parseTarget(platform);
  if (platform !== null && named === null) throw unknownName('platform', WORDS.platform);
  const processor = architecture === null ? null : parseArchitecture(architecture);
  if (architecture !== null && processor === null) throw unknownName('architecture', WORDS.architecture);
  return targetOf(named?.platform ?? null, processor ?? named?.architecture ?? null);
}

/** A refusal stands as every other does: code, sentence, parameters and remedy. */
async function bodyOf({ updateDetails, publicUrl }: UpdateUse, { release, refusal, ...result }: UpdateCheckResult): Promise<object> {
  const { status, latestVersion, current, refusedVersion } = result;
  const denied = refusal && { code: refusal.code, message: refusal.message, params: refusal.params, remedy: refusal.remedy };
  const offered = release && (await describe(release));
  return { status, ...(denied && { ...denied, refusedVersion }), latestVersion, current, release: offered };

  async function describe({ found, ...shown }: NonNullable<UpdateCheckResult['release']>): Promise<object> {
    const [notes, files] = await Promise.all([updateDetails.notes(found), updateDetails.files(found)]);
    return { ...shown, notes, assets: files.map((file) => updateFileOf(file, publicUrl)) };
  }
}

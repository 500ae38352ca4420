import {
  ARCHITECTURES,
  parseArchitecture,
  parseTarget,
  PLATFORMS,
  UPDATE_HEADERS,
  updateReply,
  type Target,
  type UpdateResult,
} from '@slipway/shared';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '../../kernel/context.js';
import { sendTagged, tagOf } from '../../kernel/entity-tag.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { badInput } from '../../kernel/problem/faults.js';
import type { ListedFile } from '../downloadables/projection/listed-files.js';
import { resultOf, updateFileOf } from './update-answers.js';
import type { UpdateUse } from './update-check.resolver.js';
import type { UpdateReleaseType } from './update-check.schema.js';
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
  void reply.headers(UPDATE_HEADERS);
  const context = use.contextOf(request);
  const question = questionOf(request.query);
  const result = resultOf(await use.updates.check(context, question), { context, target: question.target });
  const { status, headers, body } = updateReply({ ...result, release: result.release && (await detailsOf(use, result.release)) });
  void reply.headers(headers);
  if (body === null) return reply.code(status).send();
  const text = JSON.stringify(body);
  return sendTagged(request, reply, { tag: tagOf(text), body: text });
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

/** What of a release costs more than its row: only an answer with a release asks for it. */
async function detailsOf({ updateDetails, publicUrl }: UpdateUse, shown: UpdateReleaseType): Promise<NonNullable<UpdateResult['release']>> {
  const { found } = shown;
  const [notes, files] = await Promise.all([updateDetails.notes(found), updateDetails.files(found)]);
  const described = async (file: ListedFile) => ({
    ...updateFileOf(found, file, publicUrl),
    sha512: await updateDetails.sha512(found, file.id),
  });
  return { ...shown, notes, assets: await Promise.all(files.map(described)) };
}

import { parseArchitecture, parsePlatform } from '@slipway/shared';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requireAccess } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { badInput } from '../../kernel/faults.js';
import { refuse } from '../../kernel/refusal.js';
import type { StoredAsset } from '../assets/stored-asset.js';
import type { StreamUploadService } from './stream-upload.service.js';

interface PutFile {
  readonly Params: { readonly id: string; readonly fileName: string };
  readonly Querystring: { readonly platform?: string; readonly architecture?: string };
}

/** `PUT /api/v1/downloadables/:id/files/:fileName`: a file of a draft as the raw body, from curl or CI. */
export function registerUploadRoutes(
  app: FastifyInstance,
  uploads: StreamUploadService,
  contextOf: (request: FastifyRequest) => RequestContext,
): void {
  app.register(async (scope) => {
    // Whatever its type, the body stays a stream.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.put<PutFile>(
      '/api/v1/downloadables/:id/files/:fileName',
      { config: { access: 'release:write' }, bodyLimit: Number.MAX_SAFE_INTEGER },
      async (request, reply) => {
        const context = contextOf(request);
        requireAccess(context.actor, 'release:write');
        requireRawBody(request);
        const { asset, isReplacement } = await uploads.put(context, {
          downloadableId: request.params.id,
          fileName: request.params.fileName,
          ...targetOf(request.query),
          body: request.raw,
          sizeBytes: contentLengthOf(request),
          sha256: checksumOf(request),
        });
        return reply.code(isReplacement ? 200 : 201).send(shownAsset(asset));
      },
    );
  });
}

/** A form's envelope is not the file: stored as it is, it would be published as wrong bytes. */
function requireRawBody(request: FastifyRequest): void {
  if (request.headers['content-type']?.startsWith('multipart/')) {
    refuse('MULTIPART_NOT_SUPPORTED', 'Send the file itself as the body, with curl -T instead of -F.', 'file');
  }
}

function contentLengthOf(request: FastifyRequest): number | null {
  const text = request.headers['content-length'];
  return text === undefined ? null : Number(text);
}

/** The digest that the sender declared: `X-Checksum-Sha256`, hex. */
function checksumOf(request: FastifyRequest): string | null {
  const text = request.headers['x-checksum-sha256'];
  return typeof text === 'string' ? text : null;
}

function targetOf(query: PutFile['Querystring']): {
  platform?: NonNullable<ReturnType<typeof parsePlatform>>;
  architecture?: ReturnType<typeof parseArchitecture>;
} {
  const platform = query.platform === undefined ? null : parsePlatform(query.platform);
  if (query.platform !== undefined && platform === null)
    throw badInput(`The platform "${query.platform.slice(0, 40)}" is unknown. Use windows, macos, linux, android, ios, web or all.`);
  const architecture = query.architecture === undefined ? undefined : parseArchitecture(query.architecture);
  if (query.architecture !== undefined && !architecture)
    throw badInput(`The architecture "${query.architecture.slice(0, 40)}" is unknown. Use x64, arm64, x86, arm or universal.`);
  return { ...(platform ? { platform } : {}), ...(architecture ? { architecture } : {}) };
}

const shownAsset = (asset: StoredAsset) => ({
  id: asset.id,
  fileName: asset.fileName,
  type: asset.type,
  platform: asset.platform,
  architecture: asset.architecture,
  size: asset.size,
  sha256: asset.sha256,
  sha512: asset.sha512,
  state: asset.state,
  downloadUrl: `/d/${asset.id}/${encodeURIComponent(asset.fileName)}`,
});

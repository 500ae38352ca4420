import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireAccess } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { LIMITS } from '../../kernel/limits.js';
import { refuse } from '../../kernel/refusal.js';
import type { StoredAsset } from '../assets/stored-asset.js';
import type { StreamedFile, StreamUploadService } from './stream-upload.service.js';
import { readUploadForm } from './upload-form.js';
import { LABEL_MAX_LENGTH, labelsOf, type FileLabels } from './upload-labels.js';

interface PutFile {
  readonly Params: { readonly id: string; readonly fileName: string };
  readonly Querystring: FileLabels;
}

const PARAMS = { id: LIMITS.idText.most, fileName: LIMITS.pathPart.most };
const LABELS = { type: LABEL_MAX_LENGTH, platform: LABEL_MAX_LENGTH, architecture: LABEL_MAX_LENGTH };

/** `PUT /api/v1/downloadables/:id/files/:fileName`: a file of a draft as the raw body or in a form, from curl or CI. */
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
      { config: { access: 'release:write', asksForBody: true, params: PARAMS, query: LABELS }, bodyLimit: Number.MAX_SAFE_INTEGER },
      async (request, reply) => {
        const context = contextOf(request);
        requireAccess(context.actor, 'release:write');
        const file = isForm(request) ? await formFile(uploads, context, request, reply) : rawFile(request, reply);
        const { asset, isNew } = await uploads.put(context, file);
        return reply.code(isNew ? 201 : 200).send(shownAsset(asset));
      },
    );
  });
}

function isForm(request: FastifyRequest): boolean {
  const type = request.headers['content-type']?.toLowerCase() ?? '';
  // Another envelope stored as it is would be published as wrong bytes.
  if (type.startsWith('multipart/') && !type.startsWith('multipart/form-data'))
    refuse('MULTIPART_NOT_SUPPORTED', 'Send the file itself as the body, with curl -T, or as a form, with curl -F.', 'file');
  return type.startsWith('multipart/');
}

function rawFile(request: FastifyRequest<PutFile>, reply: FastifyReply): StreamedFile {
  const length = request.headers['content-length'];
  return {
    ...addressOf(request),
    ...labelsOf(request.query),
    body: bytesOf(request.raw, () => askForBody(request, reply)),
    sizeBytes: length === undefined ? null : Number(length),
    sha256: headerOf(request, 'x-checksum-sha256'),
  };
}

async function formFile(
  uploads: StreamUploadService,
  context: RequestContext,
  request: FastifyRequest<PutFile>,
  reply: FastifyReply,
): Promise<StreamedFile> {
  await uploads.admit(context, addressOf(request));
  askForBody(request, reply);
  const { fields, body } = await readUploadForm(request.raw);
  const sha256 = fields.sha256 ?? headerOf(request, 'x-checksum-sha256');
  return { ...addressOf(request), ...labelsOf({ ...request.query, ...fields }), body, sizeBytes: null, sha256 };
}

const addressOf = (request: FastifyRequest<PutFile>) => ({
  downloadableId: request.params.id,
  fileName: request.params.fileName,
  idempotencyKey: headerOf(request, 'idempotency-key'),
});

function askForBody(request: FastifyRequest, reply: FastifyReply): void {
  if (request.headers.expect !== undefined) reply.raw.writeContinue();
}

/** The bytes of a body, asked for when the first is wanted. The request stays alive when the store fails: its connection carries the reply. */
async function* bytesOf(body: IncomingMessage, ask: () => void): AsyncGenerator<Buffer> {
  ask();
  try {
    // A request's body comes in buffers.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  } finally {
    // Node reads off by itself only what nobody began to read: without this the connection's next request would wait behind the rest for ever.
    body.resume();
  }
}

function headerOf(request: FastifyRequest, name: string): string | null {
  const text = request.headers[name];
  return typeof text === 'string' ? text : null;
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

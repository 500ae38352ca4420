import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireAccess } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { StreamedFile, StreamUploadService } from './stream-upload.service.js';
import { shownFile } from './shown-file.js';
import { readUploadForm } from './upload-form.js';
import { LABEL_MAX_LENGTH, labelsOf, type FileLabels } from './upload-labels.js';
import { requireWholeBody } from './whole-body.js';

interface SendFile {
  readonly Params: { readonly id: string; readonly fileName?: string };
  readonly Querystring: FileLabels;
}

type SendRequest = FastifyRequest<SendFile>;

/** A file on its way, and how to be rid of what of it nobody wanted. */
interface SentFile {
  readonly file: StreamedFile;
  readonly drop: () => void;
}

const LABELS = { type: LABEL_MAX_LENGTH, platform: LABEL_MAX_LENGTH, architecture: LABEL_MAX_LENGTH };
const ROUTE = { access: 'release:write', asksForBody: true, query: LABELS } as const;
const NAMED = { ...ROUTE, params: { id: LIMITS.idText.most, fileName: LIMITS.pathPart.most } };
const UNNAMED = { ...ROUTE, params: { id: LIMITS.idText.most } };

/**
 * `PUT|POST /api/v1/downloadables/:id/files/:fileName`: a file of a draft as the raw body or in a form, from curl or CI. Without
 * a name in the address a form's part names its file.
 */
export function registerUploadRoutes(
  app: FastifyInstance,
  uploads: StreamUploadService,
  contextOf: (request: FastifyRequest) => RequestContext,
): void {
  app.register(async (scope) => {
    // Whatever its type, the body stays a stream.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    const send = async (request: SendRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const context = contextOf(request);
      requireAccess(context.actor, 'release:write');
      requireWholeBody(request);
      const { file, drop } = isForm(request) ? await formFile(uploads, context, request, reply) : rawFile(request, reply);
      try {
        const { asset, isNew } = await uploads.put(context, file);
        return await reply.code(isNew ? 201 : 200).send(shownFile(asset));
      } finally {
        drop();
      }
    };
    const method = ['PUT', 'POST'];
    const bodyLimit = Number.MAX_SAFE_INTEGER;
    scope.route<SendFile>({ method, url: '/api/v1/downloadables/:id/files/:fileName', config: NAMED, bodyLimit, handler: send });
    for (const url of ['/api/v1/downloadables/:id/files', '/api/v1/downloadables/:id/files/'])
      scope.route<SendFile>({ method, url, config: UNNAMED, bodyLimit, handler: send });
  });
}

function isForm(request: FastifyRequest): boolean {
  const type = request.headers['content-type']?.toLowerCase() ?? '';
  // Another envelope stored as it is would be published as wrong bytes.
  if (type.startsWith('multipart/') && !type.startsWith('multipart/form-data'))
    refuse('MULTIPART_NOT_SUPPORTED', 'Send the file itself as the body, with curl -T, or as a form, with curl -F.', 'file');
  return type.startsWith('multipart/');
}

function refuseNameless(id: string): never {
  refuse(
    'FILE_NAME_MISSING',
    `The address does not name the file: add its name after the last slash, as in /api/v1/downloadables/${id}/files/app.exe.`,
    'fileName',
  );
}

function rawFile(request: SendRequest, reply: FastifyReply): SentFile {
  const { id, fileName } = request.params;
  if (fileName === undefined) refuseNameless(id);
  const length = request.headers['content-length'];
  const body = bytesOf(request.raw, () => askForBody(request, reply));
  const sizeBytes = length === undefined ? null : Number(length);
  const sha256 = headerOf(request, 'x-checksum-sha256');
  // Node reads off by itself what nobody began to read.
  return { file: { ...commonOf(request), ...labelsOf(request.query), fileName, body, sizeBytes, sha256 }, drop: () => undefined };
}

async function formFile(
  uploads: StreamUploadService,
  context: RequestContext,
  request: SendRequest,
  reply: FastifyReply,
): Promise<SentFile> {
  const { fileName: named = null } = request.params;
  await uploads.admit(context, { ...commonOf(request), fileName: named });
  askForBody(request, reply);
  const { fields, fileName, body, drop } = await readUploadForm(request.raw);
  const sha256 = fields.sha256 ?? headerOf(request, 'x-checksum-sha256');
  try {
    const common = {
      ...commonOf(request),
      fileName: named ?? fileName ?? refuseNameless(request.params.id),
      body,
      sizeBytes: null,
      sha256,
    };
    return { file: { ...common, ...labelsOf({ ...request.query, ...fields }) }, drop };
  } catch (error) {
    drop();
    throw error;
  }
}

const commonOf = (request: SendRequest) => ({
  downloadableId: request.params.id,
  idempotencyKey: headerOf(request, 'idempotency-key'),
  // Files have no ETag of ours, so that every other value of the header matches none (RFC 9110, section 13.1.2).
  mustBeNew: request.headers['if-none-match']?.trim() === '*',
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

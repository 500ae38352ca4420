import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requireAccess } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { badInput, notFound } from '../../../kernel/problem/faults.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import { exportErrors, type ErrorExportUse } from './error-export.js';
import { headerOf } from './line-content.js';
import type { LicenseImports } from './license-imports.js';

interface SendImport {
  readonly Querystring: Readonly<Record<string, unknown>>;
}

interface GetErrors {
  readonly Params: { readonly id: string };
}

export interface LicenseImportRoutesUse extends Omit<ErrorExportUse, 'contents'> {
  readonly licenseImports: LicenseImports;
  readonly lineContents: ErrorExportUse['contents'];
  readonly contextOf: (request: FastifyRequest) => RequestContext;
}

const FILE_NAME_MAX_LENGTH = 200;
const SEND = { access: 'license:write', query: { fileName: FILE_NAME_MAX_LENGTH } } as const;
const ERRORS = { access: 'license:write', params: { id: LIMITS.idText.most } } as const;

/**
 * `POST /api/v1/license-imports?fileName=`: a file of licenses as the body, which is checked; `importLicenses` then imports it.
 * `GET /api/v1/license-imports/:id/errors.csv`: the lines that failed, as they were sent, each with its reason.
 */
export function registerLicenseImportRoutes(app: FastifyInstance, use: LicenseImportRoutesUse): void {
  const { licenseImports, contextOf } = use;
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LIMITS.importBytes.most }, (_request, body, done) => done(null, body));
    scope.post<SendImport>('/api/v1/license-imports', { config: SEND, bodyLimit: LIMITS.importBytes.most }, async (request, reply) => {
      const context = contextOf(request);
      requireAccess(context.actor, 'license:write');
      const { id, state, total, header } = await licenseImports.check(context, { fileName: fileNameOf(request), bytes: bytesOf(request) });
      return reply
        .code(201)
        .header('Cache-Control', 'no-store')
        .send({ id, state, total, columns: headerOf({ header }) });
    });
  });

  app.get<GetErrors>('/api/v1/license-imports/:id/errors.csv', { config: ERRORS, exposeHeadRoute: false }, async (request, reply) => {
    const context = contextOf(request);
    requireAccess(context.actor, 'license:write');
    const found = await licenseImports.find(context, request.params.id);
    if (!found) throw notFound('import');
    return reply
      .header('Cache-Control', 'no-store')
      .header('Content-Disposition', 'attachment; filename="licenses-not-imported.csv"')
      .type('text/csv; charset=utf-8; header=present')
      .send(Readable.from(exportErrors({ ...use, contents: use.lineContents }, found)));
  });
}

function fileNameOf({ query }: FastifyRequest<SendImport>): string {
  const name = query['fileName'];
  if (name === undefined || name === '') return 'licenses.csv';
  if (typeof name !== 'string') throw badInput('Give "fileName" once.');
  return name;
}

function bytesOf({ body, headers }: FastifyRequest): Buffer {
  if (headers['content-type']?.toLowerCase().startsWith('multipart/') === true)
    refuse('MULTIPART_NOT_SUPPORTED', 'Send the file itself as the body, with curl --data-binary.', 'file');
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requireAccess } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import type { AssetEditService } from '../draft/asset-edit.service.js';
import type { AssetListService } from '../draft/asset-list.service.js';
import { shownFile } from './shown-file.js';

interface ListFiles {
  readonly Params: { readonly id: string };
}

interface RemoveFile {
  readonly Params: { readonly id: string; readonly fileName: string };
}

const LIST = { access: 'release:read', params: { id: LIMITS.idText.most } } as const;
const REMOVE = { access: 'release:write', params: { id: LIMITS.idText.most, fileName: LIMITS.pathPart.most } } as const;

export interface FileRoutes {
  readonly assetLists: AssetListService;
  readonly assetEdits: AssetEditService;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
}

/**
 * `GET /api/v1/downloadables/:id/files/`: the files of the open draft, else of the live revision.
 * `DELETE /api/v1/downloadables/:id/files/:fileName`: removes one from the draft.
 */
export function registerFileRoutes(app: FastifyInstance, { assetLists, assetEdits, contextOf }: FileRoutes): void {
  for (const url of ['/api/v1/downloadables/:id/files', '/api/v1/downloadables/:id/files/'])
    app.get<ListFiles>(url, { config: LIST }, async (request, reply) => {
      const context = contextOf(request);
      requireAccess(context.actor, 'release:read');
      return reply.send({ files: (await assetLists.list(context, request.params.id)).map(shownFile) });
    });

  app.delete<RemoveFile>('/api/v1/downloadables/:id/files/:fileName', { config: REMOVE }, async (request, reply) => {
    const context = contextOf(request);
    requireAccess(context.actor, 'release:write');
    await assetEdits.removeNamed(context, { downloadableId: request.params.id, fileName: request.params.fileName });
    return reply.code(204).send();
  });
}

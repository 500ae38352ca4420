import type { Client } from '../client.js';
import type { Harness } from '../harness.js';
import type { ModelOperation, ModelShown } from './lifecycle-model.js';

const SHOWN = `status revision { id number name assets { id fileName } } draftRevision { number name assets { fileName } }
  revisions { number name frozenAt undoneAt assets { fileName } } lockVersion live: revision { frozenAt }`;

interface ShownContent {
  readonly number: number;
  readonly name: string | null;
  readonly assets: readonly { readonly fileName: string }[];
}

export interface ShownRelease {
  readonly status: ModelShown['status'];
  readonly revision: ShownContent & { readonly id: string; readonly assets: readonly { readonly id: string }[] };
  readonly draftRevision: ShownContent | null;
  readonly revisions: readonly (ShownContent & { readonly frozenAt: string | null; readonly undoneAt: string | null })[];
  readonly live: { readonly frozenAt: string | null };
  readonly lockVersion: number;
}

const MUTATIONS = {
  publish: 'publishDownloadable',
  schedule: 'publishDownloadable',
  cancel: 'cancelSchedule',
  unpublish: 'unpublishDownloadable',
  archive: 'archiveDownloadable',
  restore: 'restoreDownloadable',
  withdraw: 'withdrawDownloadable',
  revise: 'reviseDownloadable',
  discard: 'discardRevision',
} as const;

/** Carries out the model's operations on the running program, over HTTP. */
export class LifecycleDriver {
  constructor(
    private readonly harness: Harness,
    private readonly token: Client,
    /** Licensed for all of it. */
    private readonly customer: Client,
  ) {}

  /** @returns the code of a refusal, or null */
  async run(id: string, operation: ModelOperation): Promise<string | null> {
    switch (operation.kind) {
      case 'edit':
        return this.#mutate('updateDownloadable', { id, lockVersion: (await this.show(id)).lockVersion, name: operation.name });
      case 'addFile':
        return this.#put(id, operation.fileName);
      case 'timeComes':
        return this.#letTimeCome(id);
      case 'schedule':
        return this.#mutate(MUTATIONS.schedule, { id, publishAt: new Date(this.harness.clock.now().getTime() + 3_600_000).toISOString() });
      case 'download':
        return this.#download(await this.show(id));
      case 'undo':
        return this.#mutate('undoPublish', { id, revisionId: (await this.show(id)).revision.id });
      case 'withdraw':
        return this.#mutate(MUTATIONS.withdraw, { id, reason: 'By chance.' });
      default:
        return this.#mutate(MUTATIONS[operation.kind], { id });
    }
  }

  async show(id: string): Promise<ShownRelease> {
    const query = `query($id: ID!) { downloadable(id: $id) { ${SHOWN} } }`;
    return (await this.harness.admin.query<{ downloadable: ShownRelease }>(query, { id })).downloadable;
  }

  async #mutate(name: string, input: Record<string, unknown>): Promise<string | null> {
    return (await this.harness.admin.mutate(name, input)).userErrors[0]?.code ?? null;
  }

  async #put(id: string, fileName: string): Promise<string | null> {
    const response = await this.token.fetch(`/api/v1/downloadables/${id}/files/${fileName}`, {
      method: 'PUT',
      body: `bytes of ${fileName}`,
    });
    const { code } = (await response.json()) as { code?: string };
    return code ?? null;
  }

  async #download({ revision }: ShownRelease): Promise<string | null> {
    const [asset] = revision.assets;
    if (!asset) return null;
    const response = await this.customer.fetch(`/d/${asset.id}/${asset.fileName}`);
    if (response.status === 302) return null;
    return ((await response.json()) as { code: string }).code;
  }

  /** Jobs go by the database's clock, which no test can set: their time is moved instead. */
  async #letTimeCome(id: string): Promise<null> {
    await this.harness.database.transaction((tx) =>
      tx.execute(`UPDATE job SET run_at = '2000-01-01 00:00:00.000' WHERE finished_at IS NULL AND dedupe_key LIKE ?`, [
        `downloadable.publish:${id}:%`,
      ]),
    );
    await this.harness.settle();
    return null;
  }
}

/** What the program shows, in the model's words. */
export function asModel(shown: ShownRelease): ModelShown {
  const content = ({ number, name, assets }: ShownContent) => ({ number, name, files: assets.map((asset) => asset.fileName).sort() });
  return {
    status: shown.status,
    live: shown.live.frozenAt === null ? null : content(shown.revision),
    draft: shown.draftRevision && content(shown.draftRevision),
    past: shown.revisions
      .filter(({ number, frozenAt, undoneAt }) => frozenAt !== null && undoneAt === null && number < shown.revision.number)
      .map(content)
      .sort((a, b) => a.number - b.number),
    numbers: shown.revisions.map((revision) => revision.number).sort((a, b) => a - b),
  };
}

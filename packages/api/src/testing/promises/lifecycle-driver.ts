import type { Client } from '../client.js';
import type { Harness } from '../harness.js';
import { TODAY, type ModelOperation, type ModelShown } from './lifecycle-states.js';

const BYTES = 'bytes';

const SHOWN = `status publishWhenReady revision { id number name releaseDate assets { id fileName } }
  draftRevision { number name releaseDate assets { fileName state upload { id } } }
  revisions { number name releaseDate frozenAt undoneAt assets { fileName } } lockVersion live: revision { frozenAt }`;

interface ShownContent {
  readonly number: number;
  readonly name: string | null;
  readonly releaseDate: string | null;
  readonly assets: readonly { readonly fileName: string; readonly upload?: { readonly id: string } | null }[];
}

export interface ShownRelease {
  readonly status: ModelShown['status'];
  readonly revision: ShownContent & { readonly id: string; readonly assets: readonly { readonly id: string }[] };
  readonly draftRevision: ShownContent | null;
  readonly revisions: readonly (ShownContent & { readonly frozenAt: string | null; readonly undoneAt: string | null })[];
  readonly live: { readonly frozenAt: string | null };
  readonly lockVersion: number;
  readonly publishWhenReady: boolean;
  /** From the table: no query shows it. */
  readonly firstDate: string | null;
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
  #schedules = 0;

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
        return this.#update(id, { name: operation.name });
      case 'date':
        return this.#update(id, { releaseDate: operation.date });
      case 'wait':
        return this.#update(id, { publish: true });
      case 'declare':
        return this.#mutate('createUpload', { downloadableId: id, fileName: operation.fileName, size: BYTES.length });
      case 'arrive':
      case 'abort':
        return this.#finish(await this.#uploadOf(id, operation.fileName), operation.kind);
      case 'addFile':
        return this.#put(id, operation.fileName);
      case 'timeComes':
        return this.#letTimeCome(id, operation.which);
      case 'schedule':
        return this.#mutate(MUTATIONS.schedule, { id, publishAt: this.#nextTime() });
      case 'download':
        return this.#download(await this.show(id));
      case 'undo':
        return this.#mutate('undoPublish', { id, revisionId: (await this.show(id)).revision.id });
      case 'withdraw':
        return this.#mutate(MUTATIONS.withdraw, { id, reason: 'By chance.' });
      case 'publish':
      case 'cancel':
      case 'unpublish':
      case 'archive':
      case 'restore':
      case 'revise':
      case 'discard':
        return this.#mutate(MUTATIONS[operation.kind], { id });
    }
  }

  async show(id: string): Promise<ShownRelease> {
    const query = `query($id: ID!) { downloadable(id: $id) { ${SHOWN} } }`;
    const { downloadable } = await this.harness.admin.query<{ downloadable: ShownRelease }>(query, { id });
    const [row] = await this.harness.database.query<{ day: string | null }>(
      'SELECT first_release_date AS day FROM downloadable WHERE id = ?',
      [id],
    );
    return { ...downloadable, firstDate: row?.day ?? null };
  }

  /** Each schedule is for a later time than those before: their jobs are in this order. */
  #nextTime(): string {
    this.#schedules += 1;
    return new Date(this.harness.clock.now().getTime() + this.#schedules * 3_600_000).toISOString();
  }

  async #update(id: string, input: Record<string, unknown>): Promise<string | null> {
    return this.#mutate('updateDownloadable', { id, lockVersion: (await this.show(id)).lockVersion, ...input });
  }

  /** The unfinished upload of a file of the draft. */
  async #uploadOf(id: string, fileName: string): Promise<string | null> {
    const { draftRevision } = await this.show(id);
    return draftRevision?.assets.find((asset) => asset.fileName === fileName)?.upload?.id ?? null;
  }

  async #finish(uploadId: string | null, how: 'arrive' | 'abort'): Promise<string | null> {
    if (uploadId === null) return null;
    if (how === 'abort') return this.#mutate('abortUpload', { uploadId });
    const signed = await this.harness.admin.run<{ parts: { url: string }[] }>(
      'signUploadParts',
      { uploadId, partNumbers: [1] },
      'parts { url }',
    );
    await fetch(signed.parts[0]?.url ?? '', { method: 'PUT', body: BYTES });
    const refusal = await this.#mutate('completeUpload', { uploadId });
    await this.harness.settle();
    return refusal;
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
  async #letTimeCome(id: string, which: 'FIRST' | 'LAST'): Promise<null> {
    const jobs = await this.harness.database.query<{ id: string }>(
      'SELECT id FROM job WHERE finished_at IS NULL AND dedupe_key LIKE ? ORDER BY run_at',
      [`downloadable.publish:${id}:%`],
    );
    const job = which === 'FIRST' ? jobs[0] : jobs.at(-1);
    if (!job) return null;
    await this.harness.database.transaction((tx) => tx.execute(`UPDATE job SET run_at = '2000-01-01 00:00:00.000' WHERE id = ?`, [job.id]));
    await this.harness.settle();
    return null;
  }
}

/** Dates that a test gives lie before this one; the others are days of a publish. */
const GIVEN_BEFORE = '2025';
const dateOf = (date: string | null): string | null => (date !== null && date >= GIVEN_BEFORE ? TODAY : date);

/** What the program shows, in the model's words. */
export function asModel(shown: ShownRelease): ModelShown {
  const content = ({ number, name, assets, releaseDate }: ShownContent) => ({
    number,
    name,
    files: assets.map((asset) => asset.fileName).sort(),
    date: dateOf(releaseDate),
  });
  return {
    status: shown.status,
    live: shown.live.frozenAt === null ? null : content(shown.revision),
    draft: shown.draftRevision && content(shown.draftRevision),
    past: shown.revisions
      .filter(({ number, frozenAt, undoneAt }) => frozenAt !== null && undoneAt === null && number < shown.revision.number)
      .map(content)
      .sort((a, b) => a.number - b.number),
    isWaiting: shown.publishWhenReady,
    firstDate: dateOf(shown.firstDate),
    numbers: shown.revisions.map((revision) => revision.number).sort((a, b) => a - b),
  };
}

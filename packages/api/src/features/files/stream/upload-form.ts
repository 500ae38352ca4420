import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { Refusal } from '../../../kernel/problem/refusal.js';

/** What a form may say about its file, before the file. */
const FORM_FIELDS = ['sha256', 'type', 'platform', 'architecture'] as const;
type FormField = (typeof FORM_FIELDS)[number];
const LIMITS = { fields: 8, fieldSize: 1_024, headerPairs: 20, headerSize: 8_192 };
const HOW = 'for example curl -F file=@app.exe';

/** A form whose file has begun to arrive. */
export interface UploadForm {
  readonly fields: Readonly<Partial<Record<FormField, string>>>;
  /** As its part names it, without folders. */
  /** Absent where the part does not name its file. */
  readonly fileName: string | undefined;
  /** The file's bytes; ends well only when the whole form was in order. */
  readonly body: AsyncIterable<Buffer>;
  /** Reads off what nobody wanted, so that the connection can carry the answer and the next request. */
  readonly drop: () => void;
}

const refusal = (code: string, message: string): Refusal => new Refusal([{ code, message, field: 'file' }]);

const PROBLEMS = {
  missing: () => refusal('FORM_FILE_MISSING', `The form has no file: send it in the field "file", ${HOW}.`),
  noFile: () => refusal('FORM_FILE_MISSING', `The field "file" holds text and no file: write the @ before its name, ${HOW}.`),
  wrongField: (name: string) =>
    refusal('FORM_FILE_MISSING', `The file is in the field ${JSON.stringify(name.slice(0, 40))}: send it in the field "file", ${HOW}.`),
  second: () => refusal('FORM_FILE_TWICE', 'The form has more than one file: send one file per request, each under its own name.'),
  unknown: (name: string) =>
    refusal(
      'FORM_FIELD_UNKNOWN',
      `The field ${JSON.stringify(name.slice(0, 40))} is unknown: beside "file" there may be ${FORM_FIELDS.join(', ')}.`,
    ),
  late: (name: string) =>
    refusal('FORM_FIELD_LATE', `The field ${JSON.stringify(name.slice(0, 40))} comes after the file: put the file last, ${HOW}.`),
  encoded: () => refusal('FORM_INVALID', 'The file is sent as encoded text: send its bytes as they are (no Content-Transfer-Encoding).'),
  invalid: () => refusal('FORM_INVALID', `The form cannot be read: its boundary or headers are wrong; let the client build it, ${HOW}.`),
  truncated: () =>
    refusal('FORM_TRUNCATED', 'The form ends before its last boundary, so the file may be cut and nothing was kept: send it again.'),
};

/**
 * Reads a form up to its file, which then streams in constant memory.
 * @throws Refusal FORM_*: at once for what comes before the file, from `body` for what comes after its beginning
 */
export function readUploadForm(request: IncomingMessage): Promise<UploadForm> {
  return new Promise((resolve, reject) => new FormReader(request, resolve, reject).start());
}

class FormReader {
  readonly #fields: Partial<Record<FormField, string>> = {};
  readonly #ended: Promise<void>;
  #end!: { resolve: () => void; reject: (reason: Error) => void };
  #file: Readable | null = null;
  #isOver = false;
  #stop: () => void = () => undefined;

  constructor(
    private readonly request: IncomingMessage,
    private readonly resolve: (form: UploadForm) => void,
    private readonly reject: (reason: Error) => void,
  ) {
    this.#ended = new Promise((resolve, reject) => (this.#end = { resolve, reject }));
    // Told by `body`; nobody may be reading it.
    this.#ended.catch(() => undefined);
  }

  start(): void {
    const busboy = this.#parser();
    if (!busboy) return;
    busboy.on('field', (name, value, _nameCut, isCut) => this.#onField(name, value, isCut));
    busboy.on('file', (name, stream, fileName, encoding) => this.#onFile({ name, fileName, encoding }, stream));
    busboy.on('fieldsLimit', () => this.#fail(PROBLEMS.invalid()));
    busboy.on('finish', () => this.#onFinish());
    busboy.on('error', () => this.#fail(PROBLEMS.truncated()));
    const onCut = (): void => this.#fail(PROBLEMS.truncated());
    this.request.on('error', onCut).on('aborted', onCut);
    this.#stop = () => {
      this.request
        .off('error', onCut)
        .off('aborted', onCut)
        .on('error', () => undefined);
      this.request.unpipe(busboy);
      // The rest is read and dropped: the connection has to carry the answer.
      this.request.resume();
    };
    this.request.pipe(busboy);
  }

  #parser(): BusboyInstance | null {
    try {
      // The content type is known to be there: it brought us here.
      return new Busboy({ headers: this.request.headers as BusboyHeaders, limits: LIMITS });
    } catch {
      this.request.resume();
      this.reject(PROBLEMS.invalid());
      return null;
    }
  }

  #onField(name: string, value: string, isCut: boolean): void {
    if (name === 'file') return this.#fail(PROBLEMS.noFile());
    const field = FORM_FIELDS.find((one) => one === name);
    if (!field || isCut) return this.#fail(PROBLEMS.unknown(name));
    if (this.#file) return this.#fail(PROBLEMS.late(name));
    this.#fields[field] = value;
  }

  #onFile({ name, fileName, encoding }: { name: string; fileName: string | undefined; encoding: string }, stream: Readable): void {
    stream.on('error', () => undefined);
    if (this.#isOver) return void stream.resume();
    const problem = this.#file
      ? PROBLEMS.second()
      : name !== 'file'
        ? PROBLEMS.wrongField(name)
        : isEncoded(encoding)
          ? PROBLEMS.encoded()
          : null;
    if (problem) {
      stream.resume();
      return this.#fail(problem);
    }
    this.#file = stream;
    this.resolve({ fields: this.#fields, fileName, body: this.#chunks(stream), drop: () => this.#drop() });
  }

  #onFinish(): void {
    if (!this.#file) return this.#fail(PROBLEMS.missing());
    this.#isOver = true;
    this.#end.resolve();
  }

  async *#chunks(stream: Readable): AsyncGenerator<Buffer> {
    try {
      // A part of a form comes in buffers.
      for await (const chunk of stream) yield chunk as Buffer;
      await this.#ended;
    } catch (error) {
      // The parser's own words are for programmers.
      throw error instanceof Refusal ? error : PROBLEMS.truncated();
    } finally {
      if (!this.#isOver) this.#stop();
    }
  }

  #drop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stop();
  }

  #fail(problem: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stop();
    this.reject(problem);
    this.#end.reject(problem);
    this.#file?.destroy(problem);
  }
}

const isEncoded = (encoding: string): boolean => encoding === 'base64' || encoding === 'quoted-printable';

import { Readable } from 'node:stream';

/**
 * The bytes of a source, its errors told as faults of the store. The source is destroyed with the stream, so a reader
 * that stops early leaves no file or socket open. Holds one chunk at a time.
 */
export function bodyStream(source: Readable, faultOf: (error: unknown) => Error): Readable {
  const body = Readable.from(chunksOf(source, faultOf), { objectMode: false, highWaterMark: 1 });
  return body.once('close', () => source.destroy());
}

async function* chunksOf(source: Readable, faultOf: (error: unknown) => Error): AsyncGenerator<Buffer> {
  try {
    yield* source;
  } catch (error) {
    throw faultOf(error);
  }
}

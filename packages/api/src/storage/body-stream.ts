import { PassThrough, type Readable } from 'node:stream';

/**
 * The bytes of a source, its errors reported as faults of the store. The source is destroyed with the stream, so a reader
 * that stops early leaves no file or socket open. (`pipeline` would hand on the source's own errors.)
 */
export function bodyStream(source: Readable, faultOf: (error: unknown) => Error): Readable {
  const body = new PassThrough();
  source.once('error', (error) => body.destroy(faultOf(error)));
  source.once('close', () => {
    if (!source.readableEnded) body.destroy(faultOf(new Error('The source ended early.')));
  });
  body.once('close', () => source.destroy());
  return source.pipe(body);
}

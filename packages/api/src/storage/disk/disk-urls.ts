import type { Clock } from '../../kernel/clock.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import { attachmentNamed, requireObjectKey } from '../object-key.js';
import type { OpenUpload, SignedGetOptions, SignedPartOptions } from '../object-store.js';
import { UrlSigner } from '../signed-url.js';

/** Where `registerStoreRoutes` serves signed URLs. */
export const PARTS_PATH = '/store/parts';
export const OBJECTS_PATH = '/store/objects';

export interface DiskUrlSettings {
  /** Where browsers reach this server, for example `https://downloads.example.com`; no `/` at the end. */
  readonly publicUrl: string;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

/** The methods that URLs are signed for; one for GET answers HEAD, too. */
export type SignedMethod = 'GET' | 'PUT';

/** What a signed URL permits its bearer. */
export type StoreGrant =
  | { readonly kind: 'PUT_PART'; readonly upload: OpenUpload; readonly partNumber: number; readonly sizeBytes: number }
  | { readonly kind: 'GET_OBJECT'; readonly objectKey: string; readonly disposition: string }
  | { readonly kind: 'URL_EXPIRED' }
  | { readonly kind: 'URL_INVALID' };

/** Writes and reads the signed URLs of the disk store: the one place that knows their form. */
export class DiskUrls {
  readonly #signer: UrlSigner;

  constructor(private readonly settings: DiskUrlSettings) {
    this.#signer = new UrlSigner(settings);
  }

  forPart({ objectKey, uploadId }: OpenUpload, { partNumber, sizeBytes, expiresInSeconds }: SignedPartOptions): string {
    const path = `${PARTS_PATH}/${encodeURIComponent(uploadId)}/${partNumber}`;
    const query = { key: requireObjectKey(objectKey), size: sizeBytes };
    return this.settings.publicUrl + this.#signer.sign({ method: 'PUT', path, query, expiresInSeconds });
  }

  forObject(objectKey: string, { fileName, expiresInSeconds }: SignedGetOptions): string {
    attachmentNamed(fileName);
    const path = `${OBJECTS_PATH}/${requireObjectKey(objectKey)}`;
    return this.settings.publicUrl + this.#signer.sign({ method: 'GET', path, query: { name: fileName }, expiresInSeconds });
  }

  /** @param url path and query exactly as the request line had them */
  verify(method: SignedMethod, url: string): StoreGrant {
    const prefix = method === 'PUT' ? PARTS_PATH : OBJECTS_PATH;
    if (!url.startsWith(`${prefix}/`)) return { kind: 'URL_INVALID' };
    const verdict = this.#signer.verify(method, url);
    if (verdict.kind !== 'GOOD') return verdict;
    const rest = verdict.path.slice(prefix.length + 1);
    const text = (name: string): string => verdict.query.get(name) ?? '';
    if (method !== 'PUT') return { kind: 'GET_OBJECT', objectKey: rest, disposition: attachmentNamed(text('name')) };
    const [uploadId = '', partNumber = ''] = rest.split('/');
    const upload = { objectKey: text('key'), uploadId };
    return { kind: 'PUT_PART', upload, partNumber: Number(partNumber), sizeBytes: Number(text('size')) };
  }
}

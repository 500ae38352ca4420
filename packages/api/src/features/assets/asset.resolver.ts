import { FieldResolver, Resolver, Root } from 'type-graphql';
import { AssetFailureType, AssetObject } from './asset.type.js';
import type { StoredAsset } from './stored-asset.js';

/** Why files fail, in words. */
const FAILURES: Readonly<Record<string, string>> = {
  CHECKSUM_MISMATCH: 'The bytes that arrived do not have the SHA-256 that was declared. Build or upload the file again.',
  SIZE_MISMATCH: 'The file that arrived has another size than was declared. Upload it again.',
  UPLOAD_INCOMPLETE: 'Parts of the file never arrived. Upload it again.',
  OBJECT_MISSING: 'The store does not have the bytes any more. Upload the file again.',
};

@Resolver(() => AssetObject)
export class AssetResolver {
  @FieldResolver(() => AssetFailureType, { nullable: true, description: 'Why it FAILED; null otherwise.' })
  failure(@Root() asset: StoredAsset): AssetFailureType | null {
    if (asset.failureCode === null) return null;
    return { code: asset.failureCode, message: FAILURES[asset.failureCode] ?? 'The file did not pass its check. Upload it again.' };
  }

  @FieldResolver(() => Boolean, { description: 'True for a URL on the vendor’s own server instead of bytes in the store.' })
  external(): boolean {
    return false;
  }
}

import type { SideFileLinks } from '@slipway/shared';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.js';
import { Weight } from '../../kernel/limits/weight.js';
import type { AssetLoaders } from './asset.loaders.js';
import { AssetFailureType, AssetObject } from './asset.type.js';
import type { StoredAsset } from './stored-asset.js';

/** Why files fail, in words. */
const FAILURES: Readonly<Record<string, string>> = {
  CHECKSUM_MISMATCH: 'The bytes that arrived do not have the SHA-256 that was declared: build or upload the file again.',
  SIZE_MISMATCH: 'The file that arrived has another size than was declared: upload it again.',
  UPLOAD_INCOMPLETE: 'Parts of the file never arrived: upload it again.',
  OBJECT_MISSING: 'The store does not have the bytes any more: upload the file again.',
};

/** A failure as the schema shows it; null when there is none. */
export function failureOf(code: string | null): AssetFailureType | null {
  return code === null ? null : { code, message: FAILURES[code] ?? 'The file did not pass its check: upload it again.' };
}

@Resolver(() => AssetObject)
export class AssetResolver {
  constructor(private readonly loaders: AssetLoaders) {}

  @FieldResolver(() => AssetFailureType, { nullable: true, description: 'Why it FAILED; null otherwise.' })
  failure(@Root() asset: StoredAsset): AssetFailureType | null {
    return failureOf(asset.failureCode);
  }

  @FieldResolver(() => Boolean, { description: 'True for a URL on the vendor’s own server instead of bytes in the store: not verified.' })
  external(@Root() asset: StoredAsset): boolean {
    return asset.externalUrl !== null;
  }

  @Weight({ items: 3 })
  @FieldResolver(() => [AssetObject], {
    description:
      'Signatures, checksums and block maps that belong to this file by name (app.exe.sig to app.exe); empty on one of those, and on a list of all files (SHA256SUMS).',
  })
  async sideFiles(@Ctx() context: RequestContext, @Root() asset: StoredAsset): Promise<readonly StoredAsset[]> {
    return (await this.#links(context, asset)).sidesOf(asset);
  }

  @FieldResolver(() => AssetObject, {
    nullable: true,
    description: 'The file to which this side file belongs; null for a file of its own.',
  })
  async mainFile(@Ctx() context: RequestContext, @Root() asset: StoredAsset): Promise<StoredAsset | null> {
    return (await this.#links(context, asset)).mainOf(asset);
  }

  #links(context: RequestContext, asset: StoredAsset): Promise<SideFileLinks<StoredAsset>> {
    return context.loader(this.loaders.sideFiles).load(asset.revisionId);
  }
}

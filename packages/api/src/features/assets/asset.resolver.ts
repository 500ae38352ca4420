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

  @FieldResolver(() => AssetFailureType, {
    nullable: true,
    description: 'Why the file failed its check. Null unless the state is `FAILED`.',
  })
  failure(@Root() asset: StoredAsset): AssetFailureType | null {
    return failureOf(asset.failureCode);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the file is on the vendor’s own server. Slipway does not store or verify external files.',
  })
  external(@Root() asset: StoredAsset): boolean {
    return asset.externalUrl !== null;
  }

  @Weight({ items: 3 })
  @FieldResolver(() => [AssetObject], {
    description:
      'Signatures, checksums and block maps of this file, matched by name, in the order of the release’s files. Empty for a side file and for a file about the whole release.',
  })
  async sideFiles(@Ctx() context: RequestContext, @Root() asset: StoredAsset): Promise<readonly StoredAsset[]> {
    return (await this.#links(context, asset)).sidesOf(asset);
  }

  @FieldResolver(() => AssetObject, {
    nullable: true,
    description: 'The file that this side file belongs to. Null unless it is a side file of another one.',
  })
  async mainFile(@Ctx() context: RequestContext, @Root() asset: StoredAsset): Promise<StoredAsset | null> {
    return (await this.#links(context, asset)).mainOf(asset);
  }

  #links(context: RequestContext, asset: StoredAsset): Promise<SideFileLinks<StoredAsset>> {
    return context.loader(this.loaders.sideFiles).load(asset.revisionId);
  }
}

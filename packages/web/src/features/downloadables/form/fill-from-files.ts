import { guessProduct, guessVersion } from '@slipway/shared';
import type { ProductChoice } from '../useProductChoices';

interface Filled {
  readonly productId: string;
  readonly version: string;
}

/** Product and version from the names of the chosen files, where nobody has said either; what was typed stays. */
export function fillFromFiles(values: Filled, fileNames: readonly string[], products: readonly ProductChoice[]): Filled {
  const open = products.filter(({ archivedAt }) => archivedAt === null);
  return {
    productId: values.productId || (guessProduct(fileNames, open) ?? ''),
    version: values.version.trim() === '' ? (guessVersion(fileNames) ?? values.version) : values.version,
  };
}

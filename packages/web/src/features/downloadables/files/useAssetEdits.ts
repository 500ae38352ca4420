import {
  RemoveAssetDocument,
  ReorderAssetsDocument,
  UpdateAssetDocument,
  UpdateAssetsDocument,
  type AssetFieldsFragment,
} from '../../../graphql/documents.generated';
import { mutate } from '../../../graphql/useMutation';
import { countText } from '../../../ui/date-text';
import { notify } from '../../../ui/notify';
import type { TargetChoice } from '../uploads/target-options';

/** What can be changed of the files of a draft. Refusals are told in the corner: the list shows what the API has. */
export function useAssetEdits(downloadableId: () => string) {
  async function remove({ id, fileName }: AssetFieldsFragment): Promise<void> {
    const outcome = await mutate(RemoveAssetDocument, { input: { id } });
    const refusal = outcome.problem ?? outcome.data?.removeAsset.userErrors[0];
    if (refusal) void notify.failure(`${fileName} was not removed.`, refusal.message);
    else void notify.success(`${fileName} is removed.`);
  }

  async function change(asset: AssetFieldsFragment, target: Partial<TargetChoice>): Promise<void> {
    const { id, type, platform, architecture } = asset;
    const outcome = await mutate(UpdateAssetDocument, { input: { id, type, platform, architecture, ...target } });
    const refusal = outcome.problem ?? outcome.data?.updateAsset.userErrors[0];
    if (refusal) void notify.failure(`${asset.fileName} was not changed.`, refusal.message);
  }

  /** @returns whether all of them were changed */
  async function relabel(ids: readonly string[], target: Partial<TargetChoice>): Promise<boolean> {
    const outcome = await mutate(UpdateAssetsDocument, { input: { downloadableId: downloadableId(), ids: [...ids], ...target } });
    const refusal = outcome.problem ?? outcome.data?.outcome.userErrors[0];
    if (refusal) void notify.failure('The files were not changed.', refusal.message);
    else void notify.success(`${countText(ids.length, 'file')} changed.`);
    return !refusal;
  }

  async function reorder(assetIds: readonly string[]): Promise<void> {
    const outcome = await mutate(ReorderAssetsDocument, { input: { downloadableId: downloadableId(), assetIds: [...assetIds] } });
    const refusal = outcome.problem ?? outcome.data?.outcome.userErrors[0];
    if (refusal) void notify.failure('The order was not changed.', refusal.message);
  }

  return { remove, change, relabel, reorder };
}

import type { GetOverviewQuery, GetOverviewQueryVariables, StatisticsFieldsFragment } from '../../graphql/documents.generated';
import type { BreakdownRow } from '../../ui/charts/BreakdownBars.vue';
import type { ChosenRange } from '../../ui/charts/day-range';

type Draft = GetOverviewQuery['drafts']['nodes'][number];

/** Something that somebody has to look at. */
export interface Concern {
  readonly id: string;
  readonly label: string;
  readonly reason: string;
}

/** @param productId empty: all products */
export function statisticsVariables(range: ChosenRange, productId: string): { filter: ChosenRange & { productId: string | null } } {
  return { filter: { ...range, productId: productId || null } };
}

/** @param productId empty: all products */
export function workVariables(productId: string): GetOverviewQueryVariables {
  const product = { productId: productId || null };
  return {
    drafts: { ...product, status: 'DRAFT' },
    scheduled: { ...product, status: 'SCHEDULED' },
    published: { ...product, status: 'PUBLISHED' },
  };
}

const nameOf = ({ product, version }: { product: { name: string }; version: string }): string => `${product.name} ${version}`;

/** Among the newest drafts: schedules that failed, and files that did. */
export function listConcerns(drafts: readonly Draft[]): Concern[] {
  return drafts.flatMap((draft) => {
    const { id, scheduleFailure, assets } = draft;
    const failed = assets.filter(({ state }) => state === 'FAILED').length;
    const reason =
      scheduleFailure ?? (failed === 0 ? null : failed === 1 ? 'A file failed its check.' : `${failed} files failed their check.`);
    return reason === null ? [] : [{ id, label: nameOf(draft), reason }];
  });
}

/** Rows of the chart of versions; the rest is one row. @param isOneProduct its name needs no repeating */
export function versionRows(statistics: StatisticsFieldsFragment, isOneProduct: boolean): BreakdownRow[] {
  const rows = statistics.byVersion.map(({ downloadable, downloads }, index) => ({
    key: downloadable?.id ?? `deleted ${index}`,
    label: downloadable ? (isOneProduct ? downloadable.version : nameOf(downloadable)) : 'Deleted version',
    downloads,
    to: downloadable ? `/admin/downloadables/${downloadable.id}?tab=downloads` : undefined,
  }));
  return statistics.otherVersions === 0 ? rows : [...rows, { key: 'others', label: 'All others', downloads: statistics.otherVersions }];
}

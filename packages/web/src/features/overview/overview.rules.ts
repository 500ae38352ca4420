import type {
  GetOverviewQuery,
  GetOverviewQueryVariables,
  GetSystemStateQuery,
  StatisticsFieldsFragment,
} from '../../graphql/documents.generated';
import type { BreakdownRow } from '../../ui/charts/BreakdownBars.vue';
import { countText } from '../../ui/date-text';
import type { ChosenRange } from '../../ui/charts/day-range';

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

export const nameOf = ({ product, version }: { product: { name: string }; version: string }): string => `${product.name} ${version}`;

/** What the overview does not show one by one, with the status of the list that does. */
export interface Rest {
  readonly status: 'DRAFT' | 'SCHEDULED';
  readonly label: string;
  readonly note: string;
}

export function listRest({ drafts, scheduled }: Pick<GetOverviewQuery, 'drafts' | 'scheduled'>): Rest[] {
  const later = scheduled.totalCount - scheduled.nodes.length;
  const older = drafts.totalCount - drafts.nodes.length;
  return [
    ...(later > 0 ? [{ status: 'SCHEDULED' as const, label: countText(later, 'more release'), note: 'Scheduled' }] : []),
    ...(older > 0 ? [{ status: 'DRAFT' as const, label: countText(older, 'older draft'), note: 'Not checked here' }] : []),
  ];
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

/** Whether anything needs attention; what it is, is told by the part that is fetched then. */
export function isAnythingWrong({ drafts }: Pick<GetOverviewQuery, 'drafts'>, state: GetSystemStateQuery | null): boolean {
  if (state && state.systemConcerns.length + state.storage.missingFiles.totalCount > 0) return true;
  return drafts.nodes.some(({ scheduleFailure, assets }) => scheduleFailure !== null || assets.some((asset) => asset.state === 'FAILED'));
}

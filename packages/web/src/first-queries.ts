/** What the pages that people open first ask first, by path. The build writes it into their files, so that it is asked before the code is there. */
import type { DocumentNode } from 'graphql';
import { listVariables, parseListState } from './features/downloadables/list-state';
import { statisticsVariables, workVariables } from './features/overview/overview.rules';
import {
  GetDownloadStatisticsDocument,
  GetOverviewDocument,
  GetPortalProductDocument,
  GetViewerDocument,
  ListDownloadablesDocument,
  ListPortalProductsDocument,
  ListProductChoicesDocument,
  ListSavedFiltersDocument,
} from './graphql/documents.generated';
import { readRange } from './ui/charts/day-range';

export interface FirstQuery {
  readonly document: DocumentNode;
  readonly variables: object;
  /** The variables are those of the address without a query. */
  readonly isOfPlainAddress?: boolean;
  /** A variable that stands in the path, and in which part of it, counted from 0. */
  readonly pathVariable?: { readonly name: string; readonly at: number };
}

/** Every page asks who is looking. */
export const VIEWER_QUERY: FirstQuery = { document: GetViewerDocument, variables: {} };
const PRODUCT_CHOICES: FirstQuery = { document: ListProductChoicesDocument, variables: {} };
/** With a query the address may lead on to a product. */
const PORTAL: readonly FirstQuery[] = [{ document: ListPortalProductsDocument, variables: {}, isOfPlainAddress: true }];

export const FIRST_QUERIES: Readonly<Record<string, readonly FirstQuery[]>> = {
  admin: [
    { document: GetDownloadStatisticsDocument, variables: statisticsVariables(readRange({}), ''), isOfPlainAddress: true },
    { document: GetOverviewDocument, variables: workVariables(''), isOfPlainAddress: true },
    PRODUCT_CHOICES,
  ],
  'admin/downloadables': [
    { document: ListDownloadablesDocument, variables: listVariables(parseListState({})), isOfPlainAddress: true },
    PRODUCT_CHOICES,
    { document: ListSavedFiltersDocument, variables: {} },
  ],
  portal: PORTAL,
  'portal/downloads': PORTAL,
  // `/portal/downloads/aurora`
  'portal/downloads/_': [
    { document: GetPortalProductDocument, variables: {}, isOfPlainAddress: true, pathVariable: { name: 'slug', at: 2 } },
  ],
};

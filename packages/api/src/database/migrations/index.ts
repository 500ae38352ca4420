import { Initial1763683200000 } from './1763683200000-initial.js';
import { ExternalFiles1763700000000 } from './1763700000000-external-files.js';
import { People1763710000000 } from './1763710000000-people.js';
import { Lifecycle1763720000000 } from './1763720000000-lifecycle.js';
import { ShareLinks1763730000000 } from './1763730000000-share-links.js';
import { Console1763750000000 } from './1763750000000-console.js';
import { ListFacets1763760000000 } from './1763760000000-list-facets.js';
import { WordBeginnings1763770000000 } from './1763770000000-word-beginnings.js';
import { Installation1763780000000 } from './1763780000000-installation.js';
import { RightCredentials1763790000000 } from './1763790000000-right-credentials.js';
import { SecretFingerprint1763791000000 } from './1763791000000-secret-fingerprint.js';
import { PastRevisions1763810000000 } from './1763810000000-past-revisions.js';
import { VisitorRepetitions1763821000000 } from './1763821000000-visitor-repetitions.js';
import { RequestCounts1763850000000 } from './1763850000000-request-counts.js';
import { FoldedSearches1763860000000 } from './1763860000000-folded-searches.js';
import { Unpublish1763870000000 } from './1763870000000-unpublish.js';
import { DownloadCounts1763740000000 } from './1763740000000-download-counts.js';

/** Every migration, oldest first. Never change one that has been released; add the next. */
export const migrations = [
  Initial1763683200000,
  ExternalFiles1763700000000,
  People1763710000000,
  Lifecycle1763720000000,
  ShareLinks1763730000000,
  Console1763750000000,
  DownloadCounts1763740000000,
  ListFacets1763760000000,
  WordBeginnings1763770000000,
  Installation1763780000000,
  RightCredentials1763790000000,
  SecretFingerprint1763791000000,
  PastRevisions1763810000000,
  VisitorRepetitions1763821000000,
  RequestCounts1763850000000,
  FoldedSearches1763860000000,
  Unpublish1763870000000,
];

import type { Database } from '../database/database.js';
import type { AssetLoaders } from '../features/assets/asset.loaders.js';
import type { DownloadableLoaders } from '../features/downloadables/downloadable.loaders.js';
import { AccessLoaders } from '../features/downloads/access/access.loaders.js';
import { AccessService } from '../features/downloads/access/access.service.js';
import { AccessSubjects } from '../features/downloads/access/access-subjects.js';
import { JudgedReleases } from '../features/downloads/access/judged-releases.js';
import { OfferedReleases } from '../features/downloads/access/offered-release.js';
import { AudienceReader } from '../features/downloads/audience/audience-reader.js';
import { AccessExplainer } from '../features/downloads/explain/access-explainer.js';
import { ImpactChanges } from '../features/downloads/impact/impact-changes.js';
import { ImpactService } from '../features/downloads/impact/impact.service.js';
import { LicenseImpact } from '../features/downloads/impact/license-impact.js';
import { LicensesImpact } from '../features/downloads/impact/licenses-impact.js';
import { ReleaseImpact } from '../features/downloads/impact/release-impact.js';
import type { LicenseList } from '../features/licenses/license-list.js';
import type { LicenseService } from '../features/licenses/license.service.js';
import type { KeyHolders } from '../features/machine-keys/key-holders.js';
import type { ProductLoaders } from '../features/products/product.loaders.js';
import type { SettingsService } from '../features/settings/settings.service.js';
import type { Clock } from '../kernel/clock.js';

export interface AccessParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly settings: SettingsService;
  readonly licenses: LicenseService;
  readonly licenseList: LicenseList;
  readonly keyHolders: KeyHolders;
  readonly loaders: { readonly products: ProductLoaders; readonly assets: AssetLoaders; readonly downloadables: DownloadableLoaders };
}

/** Whoever asks what somebody may download. */
export function composeAccess({ loaders: all, ...parts }: AccessParts) {
  const loaders = new AccessLoaders(parts.database);
  const subjects = new AccessSubjects({ ...parts, products: all.products, loaders });
  const releases = new JudgedReleases({ ...all, loaders });
  const access = new AccessService({ ...parts, subjects, releases, loaders });
  const judging = { ...parts, audience: new AudienceReader(parts) };
  return {
    subjects,
    access,
    offered: new OfferedReleases(parts.database, access, subjects, all.downloadables),
    explainer: new AccessExplainer({ ...parts, access, subjects, releases }),
    impact: new ImpactService({
      ...judging,
      changes: new ImpactChanges(judging),
      ofReleases: new ReleaseImpact(judging),
      ofLicense: new LicenseImpact(judging),
      ofLicenses: new LicensesImpact({ ...judging, list: parts.licenseList }),
    }),
  };
}

import type { Database } from '../../../database/database.js';
import type { MailBrand } from '../../../machinery/mail/mail-template.js';
import { Revision } from '../../downloadables/revision.entity.js';
import type { JudgedRelease } from '../../downloads/access/access-facts.js';
import type { MailBrands } from '../../settings/mail-brands.js';
import type { SettingsService } from '../../settings/settings.service.js';
import type { ToldFacts } from './announcement-values.js';

export interface ToldFactsUse {
  readonly database: Database;
  readonly settings: SettingsService;
  readonly brands: MailBrands;
  readonly publicUrl: string;
}

/** What is told to everybody, and in which dress. */
export interface Telling {
  readonly told: ToldFacts;
  readonly brand: MailBrand;
}

/** Reads what an announcement of a release tells everybody: the changelog is that of the live revision, else of the draft. */
export async function readTelling({ database, settings, brands, publicUrl }: ToldFactsUse, release: JudgedRelease): Promise<Telling> {
  const { row, product } = release;
  const { vendorName, renewalUrl } = await settings.read();
  const revisionId = row.liveRevisionId ?? row.draftRevisionId;
  const revision = revisionId === null ? null : await database.read.findOneBy(Revision, { id: revisionId });
  return { brand: await brands.read(), told: { vendorName, renewalUrl, publicUrl, product, row, changelog: revision?.changelog ?? '' } };
}

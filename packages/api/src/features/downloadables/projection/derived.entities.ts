import { Entity, ForeignKey, Index } from 'typeorm';
import { CodeColumn, DateColumn, IdColumn, IntColumn, LongTextColumn, TextPrimary } from '../../../database/columns.js';

/** How many downloadables one product (or all: empty id) has in one status. Written by `project` alone. */
@Entity('downloadable_counter')
export class DownloadableCounter {
  @TextPrimary('downloadable_counter', 'product_id', 26) productId!: string;
  @TextPrimary('downloadable_counter', 'status', 16) status!: string;
  @IntColumn('total') total!: number;
}

/** Every word that any downloadable was found under; prefixes are looked up here. */
@Entity('search_term')
export class SearchTerm {
  @TextPrimary('search_term', 'term', 40) term!: string;
}

/** One word under which one downloadable is found, newest first. Written by `project` alone. */
@Entity('downloadable_term')
@Index('ix_downloadable_term_owner', ['downloadableId'])
export class DownloadableTerm {
  @TextPrimary('downloadable_term', 'term', 40) term!: string;
  @TextPrimary('downloadable_term', 'sort_date', 10) sortDate!: string;
  @ForeignKey('downloadable', { name: 'fk_downloadable_term_downloadable_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @TextPrimary('downloadable_term', 'downloadable_id', 26)
  downloadableId!: string;
}

/** Which published versions there are per product, channel and platform, lowest first. Written by `project` alone. */
@Entity('release_target')
@Index('ix_release_target_owner', ['downloadableId'])
export class ReleaseTarget {
  @TextPrimary('release_target', 'product_id', 26) productId!: string;
  @TextPrimary('release_target', 'channel', 32) channel!: string;
  @TextPrimary('release_target', 'platform', 16) platform!: string;
  @TextPrimary('release_target', 'version_key', 255) versionKey!: string;
  @ForeignKey('downloadable', { name: 'fk_release_target_downloadable_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('downloadable_id')
  downloadableId!: string;
}

/**
 * On each day when something came out on a channel: a key of versions above which nothing published lies that came out until then
 * (`version-ceilings.ts`).
 */
@Entity('version_ceiling')
export class VersionCeiling {
  @TextPrimary('version_ceiling', 'product_id', 26) productId!: string;
  @TextPrimary('version_ceiling', 'channel', 32) channel!: string;
  @TextPrimary('version_ceiling', 'first_release_date', 10) firstReleaseDate!: string;
  @CodeColumn('version_key', 255) versionKey!: string;
}

/**
 * For which computers the published versions have a file that updates are taken from, lowest version first. Architecture is empty where
 * the file names none. Written by `project` alone.
 */
@Entity('update_target')
@Index('ix_update_target_owner', ['downloadableId'])
export class UpdateTarget {
  @TextPrimary('update_target', 'product_id', 26) productId!: string;
  @TextPrimary('update_target', 'platform', 16) platform!: string;
  @TextPrimary('update_target', 'architecture', 16) architecture!: string;
  @TextPrimary('update_target', 'channel', 32) channel!: string;
  @TextPrimary('update_target', 'version_key', 255) versionKey!: string;
  @ForeignKey('downloadable', { name: 'fk_update_target_downloadable_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('downloadable_id')
  downloadableId!: string;
  @DateColumn('first_release_date', { nullable: true }) firstReleaseDate!: string | null;
}

/** The files of a published revision as lists show them (`listed-files.ts`); none: they are read one by one. Written by `project` alone. */
@Entity('revision_files')
export class RevisionFiles {
  @TextPrimary('revision_files', 'revision_id', 26) revisionId!: string;
  @LongTextColumn('files') files!: string;
}

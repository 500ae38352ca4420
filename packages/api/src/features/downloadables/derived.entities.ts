import { Entity, ForeignKey, Index } from 'typeorm';
import { IntColumn, TextPrimary } from '../../database/columns.js';

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

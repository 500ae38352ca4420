import { Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, IdPrimary, InstantColumn, TextColumn } from '../../database/columns.js';

/** A named filter for the list of downloadables, saved by one person. */
@Entity('saved_filter')
@Index('ux_saved_filter_name', ['userId', 'nameKey'], { unique: true })
export class SavedFilter {
  @IdPrimary('saved_filter') id!: string;
  @ForeignKey('user_account', { name: 'fk_saved_filter_user_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('user_id')
  userId!: string;
  @TextColumn('name', 60) name!: string;
  /** The name in lower case: capitals make no other name. */
  @TextColumn('name_key', 120) nameKey!: string;
  /** The query of the list's address, for example `status=DRAFT&sort=-version`. */
  @TextColumn('query', 2_000) query!: string;
  @InstantColumn('created_at') createdAt!: Date;
}

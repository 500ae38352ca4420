import { Entity } from 'typeorm';
import { CodeColumn, IdColumn, InstantColumn, TextColumn, TextPrimary } from '../../database/columns.js';

/** One setting that differs from its default. */
@Entity('setting')
export class Setting {
  @TextPrimary('setting', 'name', 64) name!: string;
  @TextColumn('value', 1_000) value!: string;
  @InstantColumn('updated_at') updatedAt!: Date;
  /** Who saved it; null: the program itself, or an older Slipway that did not note it. */
  @CodeColumn('saved_by_kind', 24, { nullable: true }) savedByKind!: string | null;
  @CodeColumn('saved_by', 32, { nullable: true }) savedBy!: string | null;
  /** The audit event that tells of it. */
  @IdColumn('event_id', { nullable: true }) eventId!: string | null;
}

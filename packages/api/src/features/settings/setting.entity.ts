import { Entity } from 'typeorm';
import { InstantColumn, TextColumn, TextPrimary } from '../../database/columns.js';

/** One setting that differs from its default. */
@Entity('setting')
export class Setting {
  @TextPrimary('setting', 'name', 64) name!: string;
  @TextColumn('value', 1_000) value!: string;
  @InstantColumn('updated_at') updatedAt!: Date;
}

import { Entity } from 'typeorm';
import { InstantColumn, TextPrimary } from '../../database/columns.js';

/** Something that needs attention, since when, and whether administrators were told by mail. */
@Entity('alert')
export class Alert {
  @TextPrimary('alert', 'kind', 32) kind!: string;
  @InstantColumn('since') since!: Date;
  /** When a process last saw it: of several, one alone may see it. */
  @InstantColumn('seen_at') seenAt!: Date;
  @InstantColumn('mailed_at', { nullable: true }) mailedAt!: Date | null;
}

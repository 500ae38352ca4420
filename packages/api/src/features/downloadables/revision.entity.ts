import { Entity, ForeignKey, Index } from 'typeorm';
import {
  CodeColumn,
  DateColumn,
  IdColumn,
  IdPrimary,
  InstantColumn,
  IntColumn,
  LongTextColumn,
  TextColumn,
} from '../../database/columns.js';

/** The content of a downloadable at one time. With `frozenAt` set nothing of it changes again. */
@Entity('revision')
@Index('ux_revision_number', ['downloadableId', 'number'], { unique: true })
export class Revision {
  @IdPrimary('revision') id!: string;
  @ForeignKey('downloadable', { name: 'fk_revision_downloadable_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('downloadable_id')
  downloadableId!: string;
  @IntColumn('number') number!: number;
  @TextColumn('name', 200, { nullable: true }) name!: string | null;
  @CodeColumn('channel', 32) channel!: string;
  @LongTextColumn('changelog') changelog!: string;
  @DateColumn('release_date', { nullable: true }) releaseDate!: string | null;
  @InstantColumn('frozen_at', { nullable: true }) frozenAt!: Date | null;
  @InstantColumn('created_at') createdAt!: Date;
}

/** A revision without its longest text, which few who look at revisions need. */
export type RevisionHead = Omit<Revision, 'changelog'>;

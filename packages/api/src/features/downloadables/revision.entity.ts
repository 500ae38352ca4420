import type { WithdrawSeverity } from '@slipway/shared';
import { Entity, ForeignKey, Index } from 'typeorm';
import {
  CodeColumn,
  DateColumn,
  FlagColumn,
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
  /** What is new in one line, for lists and mails; null: the beginning of the changelog stands there. */
  @TextColumn('summary', 140, { nullable: true }) summary!: string | null;
  /** Whether it fixes a vulnerability: it is told to whoever wants to hear of nothing else. */
  @FlagColumn('is_security_fix', { nullable: true }) isSecurityFix!: boolean;
  @CodeColumn('channel', 32) channel!: string;
  @LongTextColumn('changelog') changelog!: string;
  @DateColumn('release_date', { nullable: true }) releaseDate!: string | null;
  /** The day of its publish where that gave it its release date; null: somebody chose the date, or there is none yet. */
  @DateColumn('publish_date', { nullable: true }) publishDate!: string | null;
  @InstantColumn('frozen_at', { nullable: true }) frozenAt!: Date | null;
  @InstantColumn('created_at') createdAt!: Date;
  /** Set, with the next two, when a revision that is not live was withdrawn. */
  @InstantColumn('withdrawn_at', { nullable: true }) withdrawnAt!: Date | null;
  @TextColumn('withdraw_reason', 500, { nullable: true }) withdrawReason!: string | null;
  @CodeColumn('withdraw_severity', 16, { nullable: true }) withdrawSeverity!: WithdrawSeverity | null;
  /** Set when its publish was undone: it stays frozen, and customers do not see it. */
  @InstantColumn('undone_at', { nullable: true }) undoneAt!: Date | null;
  /** Set when its files were deleted. */
  @InstantColumn('purged_at', { nullable: true }) purgedAt!: Date | null;
}

/** What people write in a revision; its files are rows of their own. */
export type RevisionContent = Pick<Revision, 'name' | 'summary' | 'isSecurityFix' | 'channel' | 'changelog' | 'releaseDate'>;

export const contentOfRevision = ({ name, summary, isSecurityFix, channel, changelog, releaseDate }: RevisionContent): RevisionContent => ({
  name,
  summary,
  isSecurityFix,
  channel,
  changelog,
  releaseDate,
});

/** What a new revision says of its past. */
export const NO_PAST = {
  publishDate: null,
  withdrawnAt: null,
  withdrawReason: null,
  withdrawSeverity: null,
  undoneAt: null,
  purgedAt: null,
};

/** Whether it was published and not taken back: it exists for customers. */
export const isPublicRevision = ({ frozenAt, undoneAt }: Pick<Revision, 'frozenAt' | 'undoneAt'>): boolean =>
  frozenAt !== null && undoneAt === null;

/** A revision without its longest text, which few who look at revisions need. */
export type RevisionHead = Omit<Revision, 'changelog'>;

/** Whether a draft has the content of a publish that was undone: one instant ends that and opens this. */
export function isOfUndo(draftRevisionId: string, revisions: readonly Pick<Revision, 'id' | 'createdAt' | 'undoneAt'>[]): boolean {
  const draft = revisions.find(({ id }) => id === draftRevisionId);
  return revisions.some(({ undoneAt }) => draft && undoneAt?.getTime() === draft.createdAt.getTime());
}

import { Entity, ForeignKey, Index } from 'typeorm';
import { CodeColumn, IdColumn, IdPrimary, InstantColumn, IntColumn, LongTextColumn, TextColumn } from '../../../database/columns.js';

/** CHECKING: every line is tried. CHECKED: waits for somebody to start it. STOPPED: by somebody, or because whoever asked may no longer. */
export const LICENSE_IMPORT_STATES = ['CHECKING', 'CHECKED', 'RUNNING', 'DONE', 'STOPPED'] as const;
export type LicenseImportState = (typeof LICENSE_IMPORT_STATES)[number];
/** What a line does, or did. */
export const LICENSE_IMPORT_OUTCOMES = ['CREATE', 'CHANGE', 'UNCHANGED', 'ERROR'] as const;
export type LicenseImportOutcome = (typeof LICENSE_IMPORT_OUTCOMES)[number];

/** A file of licenses that is checked, then imported in the background, also after a crash. */
@Entity('license_import')
@Index('ix_license_import_state', ['state', 'id'])
@Index('ix_license_import_created', ['createdAt', 'id'])
@Index('ix_license_import_creator', ['createdBy', 'id'])
export class LicenseImport {
  @IdPrimary('license_import') id!: string;
  @TextColumn('file_name', 200) fileName!: string;
  /** The headers of the file and the columns that they were understood as (`ImportHeader[]`), as JSON. */
  @LongTextColumn('header') header!: string;
  @CodeColumn('state', 16) state!: LicenseImportState;
  @IntColumn('total') total!: number;
  @IntColumn('created') created!: number;
  @IntColumn('changed') changed!: number;
  @IntColumn('unchanged') unchanged!: number;
  @IntColumn('failed') failed!: number;
  /** Why it was stopped. */
  @TextColumn('problem', 500, { nullable: true }) problem!: string | null;
  @CodeColumn('created_by_kind', 24) createdByKind!: string;
  @IdColumn('created_by') createdBy!: string;
  @CodeColumn('request_id', 40) requestId!: string;
  @InstantColumn('created_at') createdAt!: Date;
  @InstantColumn('ended_at', { nullable: true }) endedAt!: Date | null;
}

/** How far a line is. */
export type LinePhase = 'NEW' | 'CHECKED' | 'DONE';

/** One line of a file, sealed, and what becomes of it. Their IDs ascend as the lines do. */
@Entity('license_import_line')
@Index('ix_license_import_line_import', ['importId', 'id'])
@Index('ix_license_import_line_phase', ['importId', 'phase', 'id'])
@Index('ix_license_import_line_outcome', ['importId', 'outcome', 'id'])
@Index('ix_license_import_line_email', ['emailKey'])
export class LicenseImportLine {
  @IdPrimary('license_import_line') id!: string;
  @ForeignKey('license_import', { name: 'fk_license_import_line_import_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('import_id')
  importId!: string;
  /** Where it begins in the file; the header is line 1. */
  @IntColumn('line') line!: number;
  /** Whose line it is, so that it goes when they are erased. */
  @TextColumn('email_key', 508) emailKey!: string;
  /** The cells as JSON, sealed; without the key once it is used. */
  @LongTextColumn('content') content!: string;
  /** An earlier line for the same license. */
  @IntColumn('same_as', { nullable: true }) sameAs!: number | null;
  @CodeColumn('phase', 16) phase!: LinePhase;
  @CodeColumn('outcome', 16, { nullable: true }) outcome!: LicenseImportOutcome | null;
  @IdColumn('license_id', { nullable: true }) licenseId!: string | null;
  @CodeColumn('column_name', 40, { nullable: true }) column!: string | null;
  @CodeColumn('code', 40, { nullable: true }) code!: string | null;
  @TextColumn('message', 500, { nullable: true }) message!: string | null;
  /** What a change changes (`LineChange[]`), as JSON. */
  @LongTextColumn('changes', { nullable: true }) changes!: string | null;
}

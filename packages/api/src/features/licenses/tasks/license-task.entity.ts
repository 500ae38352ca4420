import { Entity, ForeignKey, Index } from 'typeorm';
import { CodeColumn, IdColumn, IdPrimary, InstantColumn, IntColumn, LongTextColumn, TextColumn } from '../../../database/columns.js';

/** COLLECTING: finding out which licenses are meant. STOPPED: by somebody, or because whoever asked may no longer. */
export const LICENSE_TASK_STATES = ['COLLECTING', 'RUNNING', 'DONE', 'STOPPED'] as const;
export type LicenseTaskState = (typeof LICENSE_TASK_STATES)[number];

export const LICENSE_TASK_ACTIONS = ['SUSPEND', 'REINSTATE', 'REVOKE', 'EXTEND', 'SET_UPDATES', 'ADD_TAG', 'REMOVE_TAG'] as const;
export type LicenseTaskAction = (typeof LICENSE_TASK_ACTIONS)[number];

/** One change of many licenses, which goes on in the background and after a crash. */
@Entity('license_task')
@Index('ix_license_task_state', ['state', 'id'])
@Index('ix_license_task_ended', ['endedAt', 'id'])
export class LicenseTask {
  @IdPrimary('license_task') id!: string;
  @CodeColumn('action', 16) action!: LicenseTaskAction;
  /** What was asked for, as JSON. */
  @LongTextColumn('input') input!: string;
  @CodeColumn('state', 16) state!: LicenseTaskState;
  /** Where collecting goes on; null: at the beginning. */
  @TextColumn('collected_until', 900, { nullable: true }) collectedUntil!: string | null;
  @IntColumn('total') total!: number;
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

export type LicenseTaskItemState = 'WAITING' | 'CHANGED' | 'UNCHANGED' | 'FAILED';

/** One license of a task, and what became of it. */
@Entity('license_task_item')
@Index('ux_license_task_item_license', ['taskId', 'licenseId'], { unique: true })
@Index('ix_license_task_item_state', ['taskId', 'state', 'id'])
export class LicenseTaskItem {
  @IdPrimary('license_task_item') id!: string;
  @ForeignKey('license_task', { name: 'fk_license_task_item_task_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('task_id')
  taskId!: string;
  @IdColumn('license_id') licenseId!: string;
  @CodeColumn('state', 16) state!: LicenseTaskItemState;
  @CodeColumn('code', 40, { nullable: true }) code!: string | null;
  @TextColumn('message', 500, { nullable: true }) message!: string | null;
}

import { Entity, ForeignKey } from 'typeorm';
import { CodeColumn, InstantColumn, IntColumn, TextPrimary } from '../../../database/columns.js';

/** The secret that an app makes codes of; it counts once its first code was entered. */
@Entity('second_factor')
export class SecondFactor {
  @ForeignKey('user_account', { name: 'fk_second_factor_user_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @TextPrimary('second_factor', 'user_id', 26)
  userId!: string;
  @CodeColumn('secret_sealed', 200) secretSealed!: string;
  @InstantColumn('created_at') createdAt!: Date;
  @InstantColumn('confirmed_at', { nullable: true }) confirmedAt!: Date | null;
  /** The time step of the last code that was taken: no code is taken twice. */
  @IntColumn('last_step') lastStep!: number;
}

/** A code that is taken once in place of the app's. */
@Entity('recovery_code')
export class RecoveryCode {
  @ForeignKey('user_account', { name: 'fk_recovery_code_user_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @TextPrimary('recovery_code', 'user_id', 26)
  userId!: string;
  @TextPrimary('recovery_code', 'code_hash', 64) codeHash!: string;
  @InstantColumn('used_at', { nullable: true }) usedAt!: Date | null;
}

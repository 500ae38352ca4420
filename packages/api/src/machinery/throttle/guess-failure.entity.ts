import { Entity } from 'typeorm';
import { InstantColumn, IntColumn, TextPrimary } from '../../database/columns.js';

/** Failed guesses of one account or one address in the present window. */
@Entity('sign_in_failure')
export class GuessFailure {
  @TextPrimary('sign_in_failure', 'bucket', 80) bucket!: string;
  @IntColumn('failures') failures!: number;
  @InstantColumn('window_started_at') windowStartedAt!: Date;
}

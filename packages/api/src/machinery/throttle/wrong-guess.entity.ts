import { Entity } from 'typeorm';
import { FlagColumn, InstantColumn, TextPrimary } from '../../database/columns.js';

/** One guess of a bucket's present window, by a keyed hash: the same one again is no other guess. */
@Entity('wrong_guess')
export class WrongGuess {
  @TextPrimary('wrong_guess', 'bucket', 80) bucket!: string;
  @TextPrimary('wrong_guess', 'guess_hash', 64) guessHash!: string;
  /** False while it is being looked at. */
  @FlagColumn('is_wrong') isWrong!: boolean;
  @InstantColumn('counted_at') countedAt!: Date;
}

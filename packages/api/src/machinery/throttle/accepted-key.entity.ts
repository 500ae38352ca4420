import { Entity, Index } from 'typeorm';
import { InstantColumn, TextPrimary } from '../../database/columns.js';

/** From where a key of the vendor's own making was accepted: it goes on being accepted from there, whatever others guess. */
@Entity('accepted_key')
@Index('ix_accepted_key_accepted_at', ['acceptedAt'])
export class AcceptedKey {
  @TextPrimary('accepted_key', 'bucket', 80) bucket!: string;
  @TextPrimary('accepted_key', 'key_hash', 64) keyHash!: string;
  @InstantColumn('accepted_at') acceptedAt!: Date;
}

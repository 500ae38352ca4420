import { Entity } from 'typeorm';
import { TextPrimary } from '../../database/columns.js';

/** A row for each limit of the whole installation, which is held while somebody counts and takes a place. */
@Entity('limit_lock')
export class LimitLock {
  @TextPrimary('limit_lock', 'name', 40) name!: string;
}

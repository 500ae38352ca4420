import { Entity } from 'typeorm';
import { IntColumn, TextPrimary } from '../../database/columns.js';

/** Requests of one caller in one minute, added up over all replicas. */
@Entity('request_count')
export class RequestCount {
  @TextPrimary('request_count', 'bucket', 80) bucket!: string;
  /** Minutes since 1970 (UTC). */
  @IntColumn('minute') minute!: number;
  @IntColumn('requests') requests!: number;
}

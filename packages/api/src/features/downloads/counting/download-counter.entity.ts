import { Entity } from 'typeorm';
import { IntColumn, TextPrimary } from '../../../database/columns.js';

/** By what downloads are told apart. VERSION: by downloadable; FILE: by asset, only under a downloadable. */
export type CounterDimension = 'PLATFORM' | 'SOURCE' | 'VERSION' | 'FILE';

/**
 * How many downloads there were of something on one day: of everything (empty scope), a product or a downloadable, told
 * apart by one dimension. Written in the transaction that records the download; outlives `download_event`.
 */
@Entity('download_counter')
export class DownloadCounter {
  @TextPrimary('download_counter', 'scope_id', 26) scopeId!: string;
  @TextPrimary('download_counter', 'dimension', 8) dimension!: CounterDimension;
  /** YYYY-MM-DD in the vendor's zone at that time; empty: all time, kept for FILE alone. */
  @TextPrimary('download_counter', 'day', 10) day!: string;
  @TextPrimary('download_counter', 'member', 26) member!: string;
  @IntColumn('total') total!: number;
}

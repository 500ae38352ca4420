import { Entity, Index } from 'typeorm';
import { BytesColumn, CodeColumn, IdColumn, IdPrimary, InstantColumn, TextColumn } from '../../database/columns.js';

/** What the object store can be told to have done, or failed to do. */
export const STORE_EVENT_KINDS = ['FAILED', 'FILE_MISSING', 'FILE_BACK', 'DELETED', 'SWEPT', 'COMPARED'] as const;
export type StoreEventKind = (typeof STORE_EVENT_KINDS)[number];

/** One thing that happened to the object store or to what lies in it. */
@Entity('store_event')
@Index('ix_store_event_kind', ['kind', 'id'])
@Index('ix_store_event_product', ['productId', 'id'])
@Index('ix_store_event_downloadable', ['downloadableId', 'id'])
@Index('ix_store_event_request', ['requestId', 'id'])
export class StoreEvent {
  @IdPrimary('store_event') id!: string;
  @InstantColumn('at') at!: Date;
  @CodeColumn('kind', 24) kind!: StoreEventKind;
  @IdColumn('product_id', { nullable: true }) productId!: string | null;
  @IdColumn('downloadable_id', { nullable: true }) downloadableId!: string | null;
  @CodeColumn('version', 100, { nullable: true }) version!: string | null;
  @CodeColumn('file_name', 200, { nullable: true }) fileName!: string | null;
  @CodeColumn('object_key', 200, { nullable: true }) objectKey!: string | null;
  /** Bytes. */
  @BytesColumn('size', { nullable: true }) size!: number | null;
  @TextColumn('detail', 500, { nullable: true }) detail!: string | null;
  @CodeColumn('request_id', 40, { nullable: true }) requestId!: string | null;
}

import { Entity } from 'typeorm';
import { BytesColumn, InstantColumn, TextPrimary } from '../../database/columns.js';
import { STORE_ID_LENGTH } from '../../storage/ownership/object-rows.js';

/** What a move left behind in a store: a copy that nothing reads any more, and that goes only when somebody says so. */
@Entity('left_copy')
export class LeftCopy {
  @TextPrimary('left_copy', 'store_id', STORE_ID_LENGTH) storeId!: string;
  @TextPrimary('left_copy', 'object_key', 80) objectKey!: string;
  /** Bytes. */
  @BytesColumn('size') size!: number;
  @InstantColumn('left_at') leftAt!: Date;
}

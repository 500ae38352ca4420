import { Entity, Index } from 'typeorm';
import { STORE_ID_LENGTH } from '../../storage/ownership/object-rows.js';
import { CodeColumn, BytesColumn, IdPrimary, InstantColumn } from '../../database/columns.js';

/**
 * How far the bytes have come. DISCARDED: this database has given them up, and a job deletes them. ABANDONED: given up before
 * they were complete; a job aborts the upload by its id and deletes no object, since a guess must never cost bytes.
 */
export type StoredObjectState = 'UPLOADING' | 'VERIFYING' | 'READY' | 'FAILED' | 'DISCARDED' | 'ABANDONED';

/** Bytes in the object store. The row is there before the bytes, and goes after them. */
@Entity('stored_object')
@Index('ix_stored_object_missing', ['missingSince', 'id'])
@Index('ix_stored_object_state', ['state', 'expiresAt'])
@Index('ix_stored_object_store', ['storeId', 'state', 'id', 'size'])
@Index('ux_stored_object_key', ['objectKey'], { unique: true })
export class StoredObject {
  @IdPrimary('stored_object') id!: string;
  /** The saved store that has the bytes, known as soon as their upload is open; null: the base store. */
  @CodeColumn('store_id', STORE_ID_LENGTH, { nullable: true }) storeId!: string | null;
  @CodeColumn('object_key', 80) objectKey!: string;
  @CodeColumn('upload_id', 1_024, { nullable: true }) uploadId!: string | null;
  @BytesColumn('part_size') partSize!: number;
  @BytesColumn('declared_size') declaredSize!: number;
  @CodeColumn('declared_sha256', 64, { nullable: true }) declaredSha256!: string | null;
  /** What the sender recognizes the file by, so that an unfinished upload never mixes two files. */
  @CodeColumn('fingerprint', 100, { nullable: true }) fingerprint!: string | null;
  @BytesColumn('size', { nullable: true }) size!: number | null;
  @CodeColumn('sha256', 64, { nullable: true }) sha256!: string | null;
  @CodeColumn('sha512', 128, { nullable: true }) sha512!: string | null;
  @CodeColumn('state', 16) state!: StoredObjectState;
  @CodeColumn('failure_code', 40, { nullable: true }) failureCode!: string | null;
  @InstantColumn('expires_at', { nullable: true }) expiresAt!: Date | null;
  /** When the store was last asked for it after a download, and had it whole. */
  @InstantColumn('seen_at', { nullable: true }) seenAt!: Date | null;
  /** Since when the store does not have it; null while it has. */
  @InstantColumn('missing_since', { nullable: true }) missingSince!: Date | null;
  @InstantColumn('created_at') createdAt!: Date;
}

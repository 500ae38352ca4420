import { Entity, Index } from 'typeorm';
import { CodeColumn, IdColumn, IdPrimary, InstantColumn, IntColumn, TextColumn } from '../../database/columns.js';

/** One request that was refused or failed: with what words, and about what. Of strangers it knows no more than a shortened address. */
@Entity('refusal')
@Index('ix_refusal_product', ['productId', 'id'])
@Index('ix_refusal_downloadable', ['downloadableId', 'id'])
@Index('ix_refusal_license', ['licenseId', 'id'])
@Index('ix_refusal_customer', ['customerId', 'id'])
@Index('ix_refusal_user', ['userId', 'id'])
@Index('ix_refusal_token', ['tokenId', 'id'])
@Index('ix_refusal_machine_key', ['machineKeyId', 'id'])
@Index('ix_refusal_code', ['code', 'id'])
@Index('ix_refusal_address', ['address', 'id'])
@Index('ix_refusal_request', ['requestId', 'id'])
export class RefusalEvent {
  @IdPrimary('refusal') id!: string;
  @InstantColumn('at') at!: Date;
  @CodeColumn('code', 40) code!: string;
  @TextColumn('message', 500) message!: string;
  @CodeColumn('remedy', 24, { nullable: true }) remedy!: string | null;
  /** Of the answer; what GraphQL refuses in part is answered with 200. */
  @IntColumn('status') status!: number;
  /** The method and route, or the operation's field. */
  @CodeColumn('operation', 100) operation!: string;
  @IdColumn('product_id', { nullable: true }) productId!: string | null;
  @IdColumn('downloadable_id', { nullable: true }) downloadableId!: string | null;
  @CodeColumn('version', 100, { nullable: true }) version!: string | null;
  @IdColumn('asset_id', { nullable: true }) assetId!: string | null;
  @CodeColumn('file_name', 200, { nullable: true }) fileName!: string | null;
  @IdColumn('license_id', { nullable: true }) licenseId!: string | null;
  @IdColumn('customer_id', { nullable: true }) customerId!: string | null;
  @IdColumn('user_id', { nullable: true }) userId!: string | null;
  @IdColumn('token_id', { nullable: true }) tokenId!: string | null;
  @IdColumn('machine_key_id', { nullable: true }) machineKeyId!: string | null;
  @IdColumn('share_link_id', { nullable: true }) shareLinkId!: string | null;
  /** The last characters of the key that was sent, where a license has it. */
  @TextColumn('key_ending', 8, { nullable: true }) keyEnding!: string | null;
  @CodeColumn('client', 24, { nullable: true }) client!: string | null;
  @CodeColumn('address', 49, { nullable: true }) address!: string | null;
  @CodeColumn('request_id', 40) requestId!: string;
  /** Of a line that stands for others: how many were not kept because too many came. */
  @IntColumn('not_kept', { nullable: true }) notKept!: number | null;
}

import { Entity } from 'typeorm';
import { CodeColumn, InstantColumn, IntColumn, LongTextColumn, TextPrimary } from '../../database/columns.js';

/** The image of the vendor's logo, and the one before it, which open pages still show. In the database: it works before the store does. */
@Entity('vendor_logo')
export class VendorLogo {
  /** SHA-256 of the bytes, in hex. */
  @TextPrimary('vendor_logo', 'digest', 64) digest!: string;
  @CodeColumn('media_type', 24) mediaType!: string;
  /** In pixels. */
  @IntColumn('width') width!: number;
  @IntColumn('height') height!: number;
  /** The bytes, in base64. */
  @LongTextColumn('content') content!: string;
  @InstantColumn('created_at') createdAt!: Date;
}

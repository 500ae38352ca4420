import type { Platform } from '@slipway/shared';
import { Entity, ForeignKey } from 'typeorm';
import { TextColumn, TextPrimary } from '../../database/columns.js';

/** What customers read of a product on one platform: what it needs, and how to install it. */
@Entity('product_platform_note')
export class PlatformNote {
  @ForeignKey('product', { name: 'fk_product_platform_note_product_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @TextPrimary('product_platform_note', 'product_id', 26)
  productId!: string;
  @TextPrimary('product_platform_note', 'platform', 16) platform!: Platform;
  @TextColumn('requirements', 200, { nullable: true }) requirements!: string | null;
  @TextColumn('install_note', 300, { nullable: true }) installNote!: string | null;
}

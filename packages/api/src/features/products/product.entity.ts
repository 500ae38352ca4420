import type { Distribution, VersionScheme } from '@slipway/shared';
import { Entity, Index } from 'typeorm';
import { CodeColumn, IdPrimary, InstantColumn, TextColumn } from '../../database/columns.js';

/** What is sold. Its channels lie in `product_channel`. */
@Entity('product')
@Index('ux_product_slug', ['slug'], { unique: true })
@Index('ix_product_name', ['nameKey', 'id'])
@Index('ix_product_distribution', ['distribution', 'id'])
export class Product {
  @IdPrimary('product') id!: string;
  @CodeColumn('slug', 64) slug!: string;
  @TextColumn('name', 100) name!: string;
  /** Lower case may be twice as long. */
  @TextColumn('name_key', 200) nameKey!: string;
  @TextColumn('description', 2_000, { nullable: true }) description!: string | null;
  @CodeColumn('version_scheme', 16) versionScheme!: VersionScheme;
  @CodeColumn('distribution', 16) distribution!: Distribution;
  @InstantColumn('archived_at', { nullable: true }) archivedAt!: Date | null;
  @InstantColumn('created_at') createdAt!: Date;
  @InstantColumn('updated_at') updatedAt!: Date;
}

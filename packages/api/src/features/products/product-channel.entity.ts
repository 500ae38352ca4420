import { Entity, ForeignKey } from 'typeorm';
import { IntColumn, ListColumn, TextPrimary } from '../../database/columns.js';

/** One channel of a product and the channels it includes, in the vendor's order. */
@Entity('product_channel')
export class ProductChannel {
  @ForeignKey('product', { name: 'fk_product_channel_product_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @TextPrimary('product_channel', 'product_id', 26)
  productId!: string;
  @TextPrimary('product_channel', 'name', 32) name!: string;
  @IntColumn('position') position!: number;
  @ListColumn('includes', 700) includes!: string[];
}

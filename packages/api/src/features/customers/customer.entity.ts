import type { CustomerKind } from '@slipway/shared';
import { Entity, Index } from 'typeorm';
import { CodeColumn, IdPrimary, InstantColumn, TextColumn } from '../../database/columns.js';

/** A company or person that holds licenses. */
@Entity('customer')
@Index('ux_customer_email', ['emailKey'], { unique: true })
@Index('ix_customer_created', ['createdAt', 'id'])
export class Customer {
  @IdPrimary('customer') id!: string;
  @TextColumn('name', 100) name!: string;
  @TextColumn('email', 254) email!: string;
  /** Lower case may be twice as long. */
  @TextColumn('email_key', 508) emailKey!: string;
  @TextColumn('company', 100, { nullable: true }) company!: string | null;
  /** Null: nobody said; who has a company or several people is one (`customerKindOf`). */
  @CodeColumn('kind', 16, { nullable: true }) kind!: CustomerKind | null;
  @InstantColumn('created_at') createdAt!: Date;
  @InstantColumn('updated_at') updatedAt!: Date;
  /** Since when nothing here tells who it was; null: it still does. */
  @InstantColumn('erased_at', { nullable: true }) erasedAt!: Date | null;
}

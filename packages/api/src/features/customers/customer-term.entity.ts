import { Entity, ForeignKey, Index } from 'typeorm';
import { TextPrimary } from '../../database/columns.js';

/** A word under which a customer is found: of the name, the company or the e-mail address. Written by `writeTerms` only. */
@Entity('customer_term')
@Index('ix_customer_term_customer', ['customerId', 'term'])
export class CustomerTerm {
  @TextPrimary('customer_term', 'term', 80) term!: string;
  @ForeignKey('customer', { name: 'fk_customer_term_customer_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @TextPrimary('customer_term', 'customer_id', 26)
  customerId!: string;
}

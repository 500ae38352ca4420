import { Entity } from 'typeorm';
import { IdColumn, InstantColumn, IntColumn, TextPrimary } from '../../database/columns.js';

/** The row of the base store; a saved store's has its id. */
export const THIS_INSTALLATION = 'this';

/**
 * Which installation this database is, and its latest claim to a file store, a row each (DESIGN.md, section 9.1). The store holds a
 * copy of id, claim and token; a copy of this row in another database drifts from it within a minute.
 */
@Entity('installation')
export class Installation {
  @TextPrimary('installation', 'name', 16) name!: string;
  @IdColumn('installation_id') installationId!: string;
  /** Counts up; raised here first, in the store right after. */
  @IntColumn('claim') claim!: number;
  /** Made anew with each claim: two databases that count to the same number differ here. */
  @IdColumn('claim_token') claimToken!: string;
  /** That of the claim before: what the store holds when a process died between the two writes. */
  @IdColumn('previous_token', { nullable: true }) previousToken!: string | null;
  @InstantColumn('claimed_at') claimedAt!: Date;
  /** Whoever is raising the claim just now. */
  @IdColumn('lease_token', { nullable: true }) leaseToken!: string | null;
  @InstantColumn('lease_until', { nullable: true }) leaseUntil!: Date | null;
}

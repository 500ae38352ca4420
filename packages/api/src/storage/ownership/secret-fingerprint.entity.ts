import { Entity } from 'typeorm';
import { CodeColumn, InstantColumn, TextPrimary } from '../../database/columns.js';

/** The only row of `secret_fingerprint`. */
export const APP_SECRET = 'app-secret';

/** By what the secret of this database is known again; the secret itself is nowhere in it (DESIGN.md, section 9.1). */
@Entity('secret_fingerprint')
export class SecretFingerprint {
  @TextPrimary('secret_fingerprint', 'name', 16) name!: string;
  @CodeColumn('fingerprint', 64) fingerprint!: string;
  @InstantColumn('noted_at') notedAt!: Date;
}

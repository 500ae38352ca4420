import { Entity, ForeignKey, Index } from 'typeorm';
import { TextPrimary } from '../../database/columns.js';

/** A tag by which a license is found; the license itself has them as they were written. Written by `writeTags` only. */
@Entity('license_tag')
@Index('ix_license_tag_license', ['licenseId'])
export class LicenseTag {
  @TextPrimary('license_tag', 'tag_key', 80) tagKey!: string;
  @ForeignKey('license', { name: 'fk_license_tag_license_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @TextPrimary('license_tag', 'license_id', 26)
  licenseId!: string;
}

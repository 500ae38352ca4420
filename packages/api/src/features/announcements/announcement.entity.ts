import type { AnnouncementKind, AnnouncementState, RecipientReason, RecipientState, RecipientText } from '@slipway/shared';
import { Entity, ForeignKey, Index } from 'typeorm';
import {
  CodeColumn,
  FlagColumn,
  IdColumn,
  IdPrimary,
  InstantColumn,
  IntColumn,
  LongTextColumn,
  TextColumn,
} from '../../database/columns.js';

/** That a release is out, or that it was withdrawn, told to everybody whom it concerns. */
@Entity('announcement')
@Index('ix_announcement_downloadable', ['downloadableId', 'id'])
@Index('ix_announcement_product', ['productId', 'id'])
export class Announcement {
  @IdPrimary('announcement') id!: string;
  @CodeColumn('kind', 16) kind!: AnnouncementKind;
  @IdColumn('downloadable_id') downloadableId!: string;
  @ForeignKey('product', { name: 'fk_announcement_product_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('product_id')
  productId!: string;
  /** As it was: the release may be deleted since. */
  @CodeColumn('version', 100) version!: string;
  @CodeColumn('state', 16) state!: AnnouncementState;
  @TextColumn('subject', 500) subject!: string;
  @LongTextColumn('body') body!: string;
  /** For those whose updates ended; null: they get nothing. */
  @TextColumn('second_subject', 500, { nullable: true }) secondSubject!: string | null;
  @LongTextColumn('second_body', { nullable: true }) secondBody!: string | null;
  /** Mails a minute; null: as many as the settings allow. */
  @IntColumn('per_minute', { nullable: true }) perMinute!: number | null;
  /** Whoever was told of this release before is left out. */
  @FlagColumn('is_told_excluded') isToldExcluded!: boolean;
  @InstantColumn('send_at', { nullable: true }) sendAt!: Date | null;
  @CodeColumn('created_by_kind', 24) createdByKind!: string;
  @IdColumn('created_by') createdBy!: string;
  @InstantColumn('created_at') createdAt!: Date;
  @InstantColumn('started_at', { nullable: true }) startedAt!: Date | null;
  @InstantColumn('ended_at', { nullable: true }) endedAt!: Date | null;
  /** Why it did not go out by itself, and what to do. */
  @TextColumn('problem', 500, { nullable: true }) problem!: string | null;
  /** Counts up whenever it is sent or stopped: work that was asked for before is void. */
  @IntColumn('round') round!: number;
  /** Whom the audience was worked out up to; null: it begins, or is complete. */
  @CodeColumn('judged_until', 60, { nullable: true }) judgedUntil!: string | null;
  @FlagColumn('is_audience_complete') isAudienceComplete!: boolean;
  @IntColumn('judged') judged!: number;
  @IntColumn('waiting') waiting!: number;
  @IntColumn('mailed') mailed!: number;
  @IntColumn('notice_only') noticeOnly!: number;
  @IntColumn('left_out') leftOut!: number;
  /** The minute that is counted for the throttle, and the mails in it. */
  @InstantColumn('minute_from', { nullable: true }) minuteFrom!: Date | null;
  @IntColumn('minute_count') minuteCount!: number;
}

/** Somebody whom an announcement is for, or a customer who is left out, with the reason. */
@Entity('announcement_recipient')
@Index('ux_announcement_recipient_address', ['announcementId', 'addressHash'], { unique: true })
@Index('ix_announcement_recipient_list', ['announcementId', 'id'])
@Index('ix_announcement_recipient_state', ['announcementId', 'state', 'id'])
@Index('ix_announcement_recipient_person', ['customerId', 'userId', 'id'])
export class AnnouncementRecipient {
  @IdPrimary('announcement_recipient') id!: string;
  @ForeignKey('announcement', { name: 'fk_announcement_recipient_announcement_id', onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @IdColumn('announcement_id')
  announcementId!: string;
  @IdColumn('customer_id') customerId!: string;
  /** The license that decided. */
  @IdColumn('license_id', { nullable: true }) licenseId!: string | null;
  /** Null: the customer's own address. */
  @IdColumn('user_id', { nullable: true }) userId!: string | null;
  /** A keyed hash of the address, so that each gets one mail; of the customer's ID where the customer is left out. */
  @CodeColumn('address_hash', 64) addressHash!: string;
  @TextColumn('address', 320) address!: string;
  @TextColumn('name', 200) name!: string;
  @CodeColumn('text', 8) text!: RecipientText;
  @CodeColumn('state', 16) state!: RecipientState;
  @CodeColumn('reason', 32, { nullable: true }) reason!: RecipientReason | null;
  @IdColumn('mail_id', { nullable: true }) mailId!: string | null;
  /** When the notice appeared, and the mail with it. */
  @InstantColumn('told_at', { nullable: true }) toldAt!: Date | null;
  @InstantColumn('read_at', { nullable: true }) readAt!: Date | null;
  @InstantColumn('acknowledged_at', { nullable: true }) acknowledgedAt!: Date | null;
  /** Of a recall: the last counted download of the release, and its file. */
  @InstantColumn('downloaded_at', { nullable: true }) downloadedAt!: Date | null;
  @TextColumn('file_name', 200, { nullable: true }) fileName!: string | null;
}

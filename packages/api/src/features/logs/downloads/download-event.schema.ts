import type { DownloadSource, Platform } from '@slipway/shared';
import { ArgsType, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { DOWNLOAD_SOURCES } from '@slipway/shared';
import { Access } from '../../../kernel/access.js';
import { PlatformEnum } from '../../../kernel/enums.js';
import { connectionType, PageArgs } from '../../../kernel/pagination.js';
import { DateTime } from '../../../kernel/scalars.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { STAFF_SOURCE } from '../../downloads/counting/download-source.js';
import { CallerLogFilterFields } from '../log-filter.js';

/** Statistics know no downloads of the vendor's own people; the log does. */
export type LoggedSource = DownloadSource | typeof STAFF_SOURCE;
export const LOGGED_SOURCES: readonly LoggedSource[] = [...DOWNLOAD_SOURCES, STAFF_SOURCE];
const LoggedSourceEnum = Object.fromEntries(LOGGED_SOURCES.map((source) => [source, source]));
registerEnumType(LoggedSourceEnum, { name: 'LoggedDownloadSource', description: 'The way by which a file was downloaded.' });

@ObjectType('DownloadEvent', { description: 'A download that was granted.' })
@Access('public')
export class DownloadEventType {
  @Field(() => ID, { description: 'The ID of the event, a ULID. Later events have higher IDs.' })
  id!: string;

  @Field(() => DateTime, { description: 'When the download was granted.' })
  at!: Date;

  @Field(() => String, { nullable: true, description: 'The version of the release then. Null for events from before this was recorded.' })
  version!: string | null;

  @Field(() => ID, { description: 'The ID of the file.' })
  assetId!: string;

  @Weight({ bytes: 60 })
  @Field(() => String, { nullable: true, description: 'The name of the file then. Null for events from before this was recorded.' })
  fileName!: string | null;

  @Field(() => PlatformEnum, { nullable: true, description: 'The platform of the file. Null for signatures, checksums and the like.' })
  platform!: Platform | null;

  @Field(() => LoggedSourceEnum, { description: 'The way by which the file was downloaded.' })
  source!: LoggedSource;

  @Field(() => Boolean, { description: 'Whether the download was counted against the license.' })
  isCounted!: boolean;

  @Field(() => ID, { nullable: true, description: 'The ID of the share link. Null unless the download was by one.' })
  shareLinkId!: string | null;

  @Field(() => String, { nullable: true, description: 'The kind of program that asked, for example `curl`. Null if unknown.' })
  client!: string | null;

  @Weight({ bytes: 20 })
  @Field(() => String, { nullable: true, description: 'The IP address, shortened as the settings say. Null if it is not kept.' })
  address!: string | null;

  @Weight({ bytes: 40 })
  @Field(() => String, { nullable: true, description: 'The ID of the request, as in `X-Request-Id` of its response.' })
  requestId!: string | null;
}

export const DownloadEventConnection = connectionType('DownloadEvent', () => DownloadEventType);

@InputType('DownloadEventFilter', { description: 'A filter for download events. Omitted fields do not restrict the list.' })
export class DownloadEventFilter extends CallerLogFilterFields {
  @Field(() => LoggedSourceEnum, { nullable: true, description: 'Only downloads by this way.' })
  source?: LoggedSource | null;
}

@ArgsType()
export class DownloadEventArgs extends PageArgs {
  @Field(() => DownloadEventFilter, { nullable: true, description: 'Which events to list. Defaults to all.' })
  filter?: DownloadEventFilter | null;
}

import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { LoaderDefinition, RequestContext } from '../../../kernel/context.js';
import type { Connection } from '../../../kernel/pagination.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { mayUse } from '../../../kernel/policy.js';
import { forbidden } from '../../../kernel/problem/faults.js';
import { Weight } from '../../../kernel/limits/weight.js';
import type { Mail } from '../../../machinery/mail/mail.entity.js';
import { nameActor } from '../../logs/actor-names.js';
import { AuditActorType } from '../../logs/audit-event.schema.js';
import { MailType } from '../../logs/mails/mail.schema.js';
import type { Product } from '../../products/product.entity.js';
import { ProductType } from '../../products/product.type.js';
import type { Announcement, AnnouncementRecipient } from '../announcement.entity.js';
import type { AnnouncementAudience } from './announcement-audience.js';
import { AnnouncementAudienceInput, AudienceStep } from '../audience/audience.schema.js';
import {
  CreateAnnouncementInput,
  CreateRecallInput,
  PreviewAnnouncementInput,
  SendAnnouncementInput,
  StopAnnouncementInput,
  TestAnnouncementInput,
  UpdateAnnouncementInput,
} from './announcement.inputs.js';
import type { AnnouncementList } from './announcement-list.js';
import {
  AnnouncementArgs,
  AnnouncementConnection,
  AnnouncementPreviewType,
  AnnouncementType,
  MailTally,
  RecipientArgs,
  RecipientConnection,
} from './announcement.schema.js';
import type { AnnouncementService } from './announcement.service.js';
import type { AnnouncementTexts, ShownAnnouncement } from './announcement-texts.js';
import type { MailTallies } from './mail-tallies.js';

interface AnnouncementResult {
  readonly announcement: Announcement;
}
const RESULT = { announcement: { type: () => AnnouncementType, description: 'The announcement after the change.' } };
const CreateAnnouncementPayload = payloadType<AnnouncementResult>('CreateAnnouncement', RESULT);
const CreateRecallPayload = payloadType<AnnouncementResult>('CreateRecall', RESULT);
const UpdateAnnouncementPayload = payloadType<AnnouncementResult>('UpdateAnnouncement', RESULT);
const SendAnnouncementPayload = payloadType<AnnouncementResult>('SendAnnouncement', RESULT);
const StopAnnouncementPayload = payloadType<AnnouncementResult>('StopAnnouncement', RESULT);
const PreviewAnnouncementPayload = payloadType<{ preview: ShownAnnouncement }>('PreviewAnnouncement', {
  preview: { type: () => AnnouncementPreviewType, description: 'The announcement as that person gets it.' },
});
const TestAnnouncementPayload = payloadType<{ mail: Mail }>('TestAnnouncement', {
  mail: { type: () => MailType, description: 'The mail to yourself.' },
});

export interface AnnouncementResolverUse {
  readonly service: AnnouncementService;
  readonly list: AnnouncementList;
  readonly texts: AnnouncementTexts;
  readonly audience: AnnouncementAudience;
  readonly tallies: MailTallies;
  readonly product: LoaderDefinition<string, Product | null>;
  readonly actorName: LoaderDefinition<string, string | null>;
}

@Resolver(() => AnnouncementType)
export class AnnouncementResolver {
  constructor(private readonly use: AnnouncementResolverUse) {}

  @FieldResolver(() => ProductType, { name: 'product', description: 'The product.' })
  announcedProduct(@Ctx() context: RequestContext, @Root() row: Announcement): Promise<Product | null> {
    return context.loader(this.use.product).load(row.productId);
  }

  @FieldResolver(() => AuditActorType, { name: 'createdBy', description: 'Who created it.' })
  announcedBy(@Ctx() context: RequestContext, @Root() row: Announcement): Promise<AuditActorType> {
    return nameActor(context, this.use.actorName, { kind: row.createdByKind, id: row.createdBy });
  }

  @Weight({ items: 6, work: 100 })
  @FieldResolver(() => [MailTally], { description: 'Its mails by state, those that are none left out.' })
  mails(@Root() row: Announcement): Promise<readonly MailTally[]> {
    return this.use.tallies.of(row.id);
  }

  @Access('license:read')
  @FieldResolver(() => RecipientConnection, {
    description: 'Whom it is for, and who is left out, the latest first. Requires `license:read`.',
  })
  recipients(
    @Ctx() { actor }: RequestContext,
    @Root() row: Announcement,
    @Args(() => RecipientArgs) args: RecipientArgs,
  ): Promise<Connection<AnnouncementRecipient>> {
    if (!mayUse(actor, 'license:read', row.productId)) throw forbidden('license:read');
    return this.use.list.recipients(row.id, args);
  }

  @Access('release:publish')
  @Query(() => AnnouncementType, {
    nullable: true,
    description: 'Finds an announcement by its ID; null if there is none or you may not see it.',
  })
  announcement(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The ID of the announcement.' }) id: string,
  ): Promise<Announcement | null> {
    return this.use.service.find(context, id);
  }

  @Access('release:publish')
  @Query(() => AnnouncementConnection, { description: 'Lists announcements and recalls of your products, newest first.' })
  announcements(@Ctx() context: RequestContext, @Args(() => AnnouncementArgs) args: AnnouncementArgs): Promise<Connection<Announcement>> {
    return this.use.list.list(context, args);
  }

  @Access('release:publish')
  @Weight({ work: 500 })
  @Query(() => AudienceStep, {
    description:
      'Works out whom an announcement, or a recall of a withdrawn release, would reach, at most 2,000 licenses at a time. Ask again with `endCursor` until it is null.',
  })
  announcementAudience(
    @Ctx() context: RequestContext,
    @Arg('input', () => AnnouncementAudienceInput, { description: 'The announcement.' }) input: AnnouncementAudienceInput,
    @Arg('after', () => String, { nullable: true, description: 'Where to go on.' }) after: string | null,
  ): Promise<AudienceStep> {
    return this.use.audience.step(context, input, after);
  }

  @Access('release:publish')
  @Mutation(() => PreviewAnnouncementPayload, { description: 'Shows a text as somebody gets it. Changes nothing.' })
  async previewAnnouncement(
    @Ctx() context: RequestContext,
    @Arg('input', () => PreviewAnnouncementInput) input: PreviewAnnouncementInput,
  ): Promise<PayloadOf<{ preview: ShownAnnouncement }>> {
    return succeed({ preview: await this.use.texts.preview(context, input) });
  }

  @Access('release:publish')
  @Mutation(() => TestAnnouncementPayload, { description: 'Sends a text to your own address, to see how it arrives.' })
  async testAnnouncement(
    @Ctx() context: RequestContext,
    @Arg('input', () => TestAnnouncementInput) input: TestAnnouncementInput,
  ): Promise<PayloadOf<{ mail: Mail }>> {
    return succeed({ mail: await this.use.texts.test(context, input) });
  }

  @Access('release:publish')
  @Mutation(() => CreateAnnouncementPayload, {
    description: 'Creates a draft of an announcement. Nobody is told before `sendAnnouncement`.',
  })
  async createAnnouncement(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateAnnouncementInput) input: CreateAnnouncementInput,
  ): Promise<PayloadOf<AnnouncementResult>> {
    return succeed({ announcement: await this.use.service.create(context, 'ANNOUNCEMENT', input) });
  }

  @Access('release:publish')
  @Mutation(() => CreateRecallPayload, { description: 'Creates a draft of a recall, for everybody who downloaded a withdrawn release.' })
  async createRecall(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateRecallInput) input: CreateRecallInput,
  ): Promise<PayloadOf<AnnouncementResult>> {
    return succeed({ announcement: await this.use.service.create(context, 'RECALL', input) });
  }

  @Access('release:publish')
  @Mutation(() => UpdateAnnouncementPayload, { description: 'Edits a draft.' })
  async updateAnnouncement(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateAnnouncementInput) input: UpdateAnnouncementInput,
  ): Promise<PayloadOf<AnnouncementResult>> {
    return succeed({ announcement: await this.use.service.update(context, input) });
  }

  @Access('release:publish')
  @Mutation(() => SendAnnouncementPayload, {
    description: 'Sends an announcement or recall, now or at a set time; goes on with one that was stopped.',
  })
  async sendAnnouncement(
    @Ctx() context: RequestContext,
    @Arg('input', () => SendAnnouncementInput) input: SendAnnouncementInput,
  ): Promise<PayloadOf<AnnouncementResult>> {
    return succeed({ announcement: await this.use.service.send(context, input) });
  }

  @Access('release:publish')
  @Mutation(() => StopAnnouncementPayload, {
    description: 'Stops an announcement. Nothing more is put into the outbox, and mails that wait there are called back.',
  })
  async stopAnnouncement(
    @Ctx() context: RequestContext,
    @Arg('input', () => StopAnnouncementInput) input: StopAnnouncementInput,
  ): Promise<PayloadOf<AnnouncementResult>> {
    return succeed({ announcement: await this.use.service.stop(context, input.id) });
  }
}

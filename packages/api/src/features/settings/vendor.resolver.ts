import { Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { Weight } from '../../kernel/limits/weight.js';
import { ByteSize } from '../../kernel/scalars.js';
import type { SettingsService } from './settings.service.js';

@ObjectType('Vendor', { description: 'Settings of the vendor that apply to everyone.' })
@Access('public')
export class VendorType {
  @Field(() => String, { description: 'The name of the vendor, shown at the top of the portal.' })
  name!: string;

  @Weight({ bytes: 30 })
  @Field(() => String, { nullable: true, description: 'The e-mail address for questions, if the vendor gave one.' })
  supportEmail!: string | null;

  @Weight({ bytes: 50 })
  @Field(() => String, { nullable: true, description: 'The page for questions, if the vendor gave one.' })
  supportUrl!: string | null;

  @Weight({ bytes: 60 })
  @Field(() => String, {
    nullable: true,
    description: 'The page where a license is renewed, if the vendor gave one. `{license}` stands for the ID of the license.',
  })
  renewalUrl!: string | null;

  @Weight({ bytes: 30 })
  @Field(() => String, { nullable: true, description: 'The website of the vendor, if the vendor gave one.' })
  websiteUrl!: string | null;

  @Field(() => String, { description: 'The IANA time zone of release dates, for example `Europe/Oslo`.' })
  timeZone!: string;

  @Field(() => Int, { description: 'The maximum life of a new share link, in days.' })
  shareLinkDays!: number;

  @Field(() => Int, { description: 'The minimum length of a new password, in characters.' })
  passwordMinLength!: number;

  @Field(() => ByteSize, { description: 'The size of the largest file that can be uploaded, in bytes.' })
  maxFileSize!: number;
}

@Resolver()
export class VendorResolver {
  constructor(private readonly settings: SettingsService) {}

  @Access('public')
  @Query(() => VendorType, { description: 'Settings of the vendor that apply to everyone. Readable without signing in.' })
  async vendor(): Promise<VendorType> {
    const settings = await this.settings.read();
    return {
      name: settings.vendorName,
      supportEmail: settings.supportEmail || null,
      supportUrl: settings.supportUrl || null,
      renewalUrl: settings.renewalUrl || null,
      websiteUrl: settings.websiteUrl || null,
      timeZone: settings.timeZone,
      shareLinkDays: settings.shareLinkDays,
      passwordMinLength: settings.passwordMinLength,
      maxFileSize: settings.maxFileSizeBytes,
    };
  }
}

import { Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { Weight } from '../../kernel/limits/weight.js';
import { ByteSize } from '../../kernel/scalars.js';
import type { SettingsService } from './settings.service.js';
import { logoPath, type VendorLogos } from './vendor-logos.js';

@ObjectType('VendorLogo', { description: 'The logo of the vendor.' })
@Access('public')
export class VendorLogoType {
  @Weight({ bytes: 80 })
  @Field(() => String, { description: 'The path of the image on this server. Another image has another path.' })
  url!: string;

  @Field(() => Int, { description: 'The width of the image, in pixels.' })
  width!: number;

  @Field(() => Int, { description: 'The height of the image, in pixels.' })
  height!: number;
}

@ObjectType('Vendor', { description: 'Settings of the vendor that apply to everyone.' })
@Access('public')
export class VendorType {
  @Field(() => String, { description: 'The name of the vendor, shown at the top of the portal.' })
  name!: string;

  @Field(() => VendorLogoType, { nullable: true, description: 'The logo of the vendor, if there is one.' })
  logo!: VendorLogoType | null;

  @Weight({ bytes: 10 })
  @Field(() => String, { description: 'The color of buttons and links in the portal as the vendor gave it, for example `#0b6e69`.' })
  accentColor!: string;

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
  constructor(
    private readonly settings: SettingsService,
    private readonly logos: VendorLogos,
  ) {}

  @Access('public')
  @Query(() => VendorType, { description: 'Settings of the vendor that apply to everyone. Readable without signing in.' })
  async vendor(): Promise<VendorType> {
    const settings = await this.settings.read();
    const logo = await this.logos.find(settings.logo);
    return {
      name: settings.vendorName,
      logo: logo && { url: logoPath(logo.digest), width: logo.width, height: logo.height },
      accentColor: settings.accentColor,
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

import { Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { ByteSize } from '../../kernel/scalars.js';
import type { SettingsService } from './settings.service.js';

@ObjectType('Vendor', { description: 'Settings of the vendor that apply to everyone.' })
@Access('public')
export class VendorType {
  @Field(() => String, { description: 'The name of the vendor, shown at the top of the portal.' })
  name!: string;

  @Field(() => String, { description: 'The IANA time zone of release dates, for example `Europe/Oslo`.' })
  timeZone!: string;

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
    return { name: settings.vendorName, timeZone: settings.timeZone, maxFileSize: settings.maxFileSizeBytes };
  }
}

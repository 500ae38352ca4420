import { Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { ByteSize } from '../../kernel/scalars.js';
import type { SettingsService } from './settings.service.js';

@ObjectType('Vendor', { description: 'What the vendor set for everybody; readable signed out.' })
@Access('public')
export class VendorType {
  @Field(() => String, { description: 'The name shown at the top of the portal.' })
  name!: string;

  @Field(() => String, { description: 'IANA time zone in which release dates are read.' })
  timeZone!: string;

  @Field(() => ByteSize, { description: 'Largest file that can be uploaded, in bytes.' })
  maxFileSize!: number;
}

@Resolver()
export class VendorResolver {
  constructor(private readonly settings: SettingsService) {}

  @Access('public')
  @Query(() => VendorType, { description: 'What the vendor set for everybody.' })
  async vendor(): Promise<VendorType> {
    const settings = await this.settings.read();
    return { name: settings.vendorName, timeZone: settings.timeZone, maxFileSize: settings.maxFileSizeBytes };
  }
}

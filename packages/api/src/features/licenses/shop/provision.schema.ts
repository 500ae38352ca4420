import { Field, ID, InputType } from 'type-graphql';
import { LicenseFields } from '../license.schema.js';

@InputType('ProvisionLicenseInput', {
  description: 'A license that a shop sold or renewed, and for whom. The same product and external reference again is the same license.',
})
export class ProvisionLicenseInput extends LicenseFields {
  @Field(() => String, { description: 'The e-mail address of the customer, who is created if there is none with it.' })
  email!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The name of the person or organisation, for a new customer. Defaults to the e-mail address. One that exists keeps its name.',
  })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'The company, for a new customer.' })
  company?: string | null;

  @Field(() => ID, { nullable: true, description: 'The ID of the product. Give this or `productSlug`.' })
  productId?: string | null;

  @Field(() => String, { nullable: true, description: 'The slug of the product. Give this or `productId`.' })
  productSlug?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to reinstate the license if it is suspended, for example because a payment came after all. Defaults to false.',
  })
  reinstate?: boolean | null;

  @Field(() => String, { nullable: true, description: 'A key of your own for a new license. Generated if omitted.' })
  key?: string | null;

  @Field(() => String, { nullable: true, description: 'A key that makes the request safe to repeat for 24 hours.' })
  idempotencyKey?: string | null;
}

import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { DateTime } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';

@InputType('EraseCustomerInput', { description: 'The customer to erase for good.' })
export class EraseCustomerInput {
  @Field(() => ID, { description: 'The ID of the customer to erase.' })
  id!: string;

  @Field(() => String, { description: 'The e-mail address of the customer, as a confirmation.' })
  confirmEmail!: string;
}

@InputType('ExportCustomerInput', { description: 'The customer whose data to export.' })
export class ExportCustomerInput {
  @Field(() => ID, { description: 'The ID of the customer to export.' })
  id!: string;
}

@ObjectType('CustomerExport', {
  description: 'Everything that is held about a customer, as one JSON file. `docs/privacy.md` describes it.',
})
@Access('public')
export class CustomerExportType {
  @Weight({ bytes: 200 })
  @Field(() => String, {
    description: 'Where to fetch the file until `expiresAt`, with the credentials that asked for it. Without them the URL opens nothing.',
  })
  url!: string;

  @Field(() => DateTime, { description: 'When the URL expires.' })
  expiresAt!: Date;

  @Weight({ bytes: 60 })
  @Field(() => String, { description: 'A name to save the file under.' })
  fileName!: string;
}

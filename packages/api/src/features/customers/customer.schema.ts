import type { CustomerKind } from '@slipway/shared';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { CustomerKindEnum } from '../../kernel/enums.js';
import { connectionType } from '../../kernel/pagination.js';
import { DateTime } from '../../kernel/scalars.js';

@ObjectType('Customer', { description: 'A company or person that holds licenses.' })
@Access('public')
export class CustomerType {
  @Field(() => ID, { description: 'The ID of the customer, a ULID.' })
  id!: string;

  @Field(() => String, { description: 'The name of the person or organisation.' })
  name!: string;

  @Field(() => String, { description: 'The e-mail address of the customer, unique among customers.' })
  email!: string;

  @Field(() => String, { nullable: true, description: 'The company, if the name is a person’s.' })
  company!: string | null;

  @Field(() => DateTime, { description: 'When the customer was created.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the customer was erased: nothing tells who they were any more. Null if they were not.',
  })
  erasedAt!: Date | null;
}

export const CustomerConnection = connectionType('Customer', () => CustomerType);

@InputType('CreateCustomerInput', { description: 'A customer to create.' })
export class CreateCustomerInput {
  @Field(() => String, { description: 'The name of the person or organisation, up to 100 characters.' })
  name!: string;

  @Field(() => String, { description: 'The e-mail address, unique among customers.' })
  email!: string;

  @Field(() => String, { nullable: true, description: 'The company, up to 100 characters.' })
  company?: string | null;

  @Field(() => CustomerKindEnum, {
    nullable: true,
    description: 'Whether it is a company or a person. Defaults to a company if `company` is given.',
  })
  kind?: CustomerKind | null;

  @Field(() => String, { nullable: true, description: 'A key that makes the request safe to repeat for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType('UpdateCustomerInput', { description: 'Changes to a customer. Omitted fields stay as they are.' })
export class UpdateCustomerInput {
  @Field(() => ID, { description: 'The ID of the customer to change.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The name of the person or organisation, up to 100 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'The e-mail address, unique among customers.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'The company, up to 100 characters.' })
  company?: string | null;

  @Field(() => CustomerKindEnum, { nullable: true, description: 'Whether it is a company or a person.' })
  kind?: CustomerKind | null;
}

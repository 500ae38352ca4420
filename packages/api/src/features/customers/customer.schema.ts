import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { connectionType } from '../../kernel/pagination.js';
import { DateTime } from '../../kernel/scalars.js';

@ObjectType('Customer', { description: 'Who bought.' })
@Access('public')
export class CustomerType {
  @Field(() => ID, { description: 'ULID.' })
  id!: string;

  @Field(() => String, { description: 'Name of the person or organisation.' })
  name!: string;

  @Field(() => String, { description: 'Address by which they are known; unique.' })
  email!: string;

  @Field(() => String, { nullable: true, description: 'Company, when the name is a person’s.' })
  company!: string | null;

  @Field(() => DateTime, { description: 'When it was created.' })
  createdAt!: Date;
}

export const CustomerConnection = connectionType('Customer', () => CustomerType);

@InputType('CreateCustomerInput', { description: 'A new customer.' })
export class CreateCustomerInput {
  @Field(() => String, { description: 'Name, up to 100 characters.' })
  name!: string;

  @Field(() => String, { description: 'E-mail address, unique.' })
  email!: string;

  @Field(() => String, { nullable: true, description: 'Company, up to 100 characters.' })
  company?: string | null;

  @Field(() => String, { nullable: true, description: 'Same key, same customer: repeat a request safely for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType('UpdateCustomerInput', { description: 'Changes to a customer; absent fields stay.' })
export class UpdateCustomerInput {
  @Field(() => ID, { description: 'The customer.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Name, up to 100 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail address, unique.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Company, up to 100 characters.' })
  company?: string | null;
}

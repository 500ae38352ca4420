import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { connectionType, ForwardPageArgs } from '../../kernel/pagination.js';
import { DateTime } from '../../kernel/scalars.js';

@ObjectType('MachineKey', { description: 'A key with which a server or updater of a customer downloads, in place of a license key.' })
@Access('public')
export class MachineKeyType {
  @Field(() => ID, { description: 'The ID of the machine key, a ULID.' })
  id!: string;

  @Field(() => String, { description: 'The name of the machine key, which says where it is used.' })
  name!: string;

  @Field(() => String, { description: 'The first characters of the machine key, by which it is recognized.' })
  keyPrefix!: string;

  @Field(() => DateTime, { description: 'When the machine key was created.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the machine key expires. Null if it never does.' })
  expiresAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the machine key was last used, to the minute. Null if it never was.' })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the machine key was revoked. Null if it was not.' })
  revokedAt!: Date | null;
}

export const MachineKeyConnection = connectionType('MachineKey', () => MachineKeyType);

@ArgsType()
export class MachineKeyArgs extends ForwardPageArgs {
  @Field(() => ID, { nullable: true, description: 'The ID of the customer. Defaults to your own.' })
  customerId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those that are revoked, or only those that are not. Defaults to both.' })
  isRevoked?: boolean | null;
}

@InputType('CreateMachineKeyInput', { description: 'A machine key to create.' })
export class CreateMachineKeyInput {
  @Field(() => ID, { nullable: true, description: 'The ID of the customer. Defaults to your own.' })
  customerId?: string | null;

  @Field(() => String, { description: 'The name of the machine key, for example `Render farm`, up to 100 characters.' })
  name!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The ID of the one license that the machine key may use. Defaults to all that the customer has or will have.',
  })
  licenseId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the machine key expires. Defaults to never.' })
  expiresAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'A key that makes the request safe to repeat for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType('RevokeMachineKeyInput', { description: 'The machine key to revoke.' })
export class RevokeMachineKeyInput {
  @Field(() => ID, { description: 'The ID of the machine key.' })
  id!: string;
}

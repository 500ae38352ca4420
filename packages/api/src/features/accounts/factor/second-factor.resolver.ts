import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { DateTime } from '../../../kernel/scalars.js';
import { ViewerType, type ViewerData } from '../account.resolver.js';
import { UserType } from '../user.schema.js';
import type { UserAccount } from '../user-account.entity.js';
import { RECOVERY_CODES_COUNT } from './codes.js';
import type { Enrolment, FactorState, OwnSecondFactor } from './own-second-factor.js';

@ObjectType('SecondFactor', { description: 'Codes of an app that you enter beside your password.' })
@Access('public')
export class SecondFactorType {
  @Field(() => DateTime, { nullable: true, description: 'Since when it is on. Null while it is not.' })
  confirmedAt!: Date | null;

  @Field(() => Int, { description: 'How many recovery codes are not used yet.' })
  recoveryCodesLeft!: number;

  @Field(() => Boolean, { description: 'Whether your role has to have one: without it you may do nothing else but set it up.' })
  isRequired!: boolean;
}

@InputType('EnrolTotpInput', { description: 'Proof that the account is yours.' })
export class EnrolTotpInput {
  @Field(() => String, {
    nullable: true,
    description: 'Your current password. Leave it out if you have none; then you must have signed in within the last 15 minutes.',
  })
  currentPassword?: string | null;
}

@InputType('ConfirmTotpInput', { description: 'The first code of the app.' })
export class ConfirmTotpInput {
  @Field(() => String, { description: 'The six digits that the app shows now.' })
  totpCode!: string;
}

@InputType('RenewRecoveryCodesInput', { description: 'A code that proves that the second factor is yours.' })
export class RenewRecoveryCodesInput {
  @Field(() => String, { description: 'The six digits that the app shows now, or a recovery code.' })
  totpCode!: string;
}

@InputType('DisableTotpInput', { description: 'A code that proves that the second factor is yours.' })
export class DisableTotpInput {
  @Field(() => String, { description: 'The six digits that the app shows now, or a recovery code.' })
  totpCode!: string;
}

@InputType('ResetSecondFactorInput', { description: 'Somebody who lost their second factor.' })
export class ResetSecondFactorInput {
  @Field(() => ID, { description: 'The ID of the account.' })
  id!: string;
}

interface Codes {
  readonly recoveryCodes: string[];
}
const CODES = {
  recoveryCodes: {
    type: (): [StringConstructor] => [String],
    description: 'Codes that are taken once each in place of the app’s. They are shown once: print them, or keep them with your passwords.',
    weight: { items: RECOVERY_CODES_COUNT, bytes: 11 },
  },
};
const EnrolTotpPayload = payloadType<Enrolment>('EnrolTotp', {
  secret: { type: () => String, description: 'The secret in base32, to be typed into an app. It is shown once.', weight: { bytes: 32 } },
  uri: { type: () => String, description: 'The `otpauth://` address of it, for a QR code.', weight: { bytes: 150 } },
});
const ConfirmTotpPayload = payloadType<Codes>('ConfirmTotp', CODES);
const RenewRecoveryCodesPayload = payloadType<Codes>('RenewRecoveryCodes', CODES);
const DisableTotpPayload = payloadType<object>('DisableTotp', {});
const ResetSecondFactorPayload = payloadType<{ user: UserAccount }>('ResetSecondFactor', {
  user: { type: () => UserType, description: 'The account, which signs in without a code now.' },
});

@Resolver(() => ViewerType)
export class SecondFactorResolver {
  constructor(private readonly factor: OwnSecondFactor) {}

  @FieldResolver(() => SecondFactorType, { nullable: true, description: 'Your second factor. Null for tokens and license keys.' })
  async secondFactor(@Root() { actor }: ViewerData): Promise<FactorState | null> {
    return actor.kind === 'USER' ? this.factor.state(actor) : null;
  }

  @Access('signed-in')
  @Mutation(() => EnrolTotpPayload, { description: 'Begins to set up your second factor. Requires a person’s session.' })
  async enrolTotp(
    @Ctx() context: RequestContext,
    @Arg('input', () => EnrolTotpInput) { currentPassword }: EnrolTotpInput,
  ): Promise<PayloadOf<Enrolment>> {
    return succeed(await this.factor.enrol(context, currentPassword ?? null));
  }

  @Access('signed-in')
  @Mutation(() => ConfirmTotpPayload, {
    description: 'Turns your second factor on with the first code of the app, and ends your other sessions. Requires a person’s session.',
  })
  async confirmTotp(
    @Ctx() context: RequestContext,
    @Arg('input', () => ConfirmTotpInput) { totpCode }: ConfirmTotpInput,
  ): Promise<PayloadOf<Codes>> {
    return succeed({ recoveryCodes: await this.factor.confirm(context, totpCode) });
  }

  @Access('signed-in')
  @Mutation(() => RenewRecoveryCodesPayload, {
    description: 'Gives you new recovery codes; earlier ones end. Requires a person’s session.',
  })
  async renewRecoveryCodes(
    @Ctx() context: RequestContext,
    @Arg('input', () => RenewRecoveryCodesInput) { totpCode }: RenewRecoveryCodesInput,
  ): Promise<PayloadOf<Codes>> {
    return succeed({ recoveryCodes: await this.factor.renewCodes(context, totpCode) });
  }

  @Access('signed-in')
  @Mutation(() => DisableTotpPayload, {
    description: 'Ends your second factor, unless your role has to have one. Requires a person’s session.',
  })
  async disableTotp(
    @Ctx() context: RequestContext,
    @Arg('input', () => DisableTotpInput) { totpCode }: DisableTotpInput,
  ): Promise<PayloadOf<object>> {
    await this.factor.end(context, totpCode);
    return succeed({});
  }

  @Access('user:write')
  @Mutation(() => ResetSecondFactorPayload, {
    description: 'Ends the second factor and the sessions of somebody who lost it. Requires `user:write`.',
  })
  async resetSecondFactor(
    @Ctx() context: RequestContext,
    @Arg('input', () => ResetSecondFactorInput) { id }: ResetSecondFactorInput,
  ): Promise<PayloadOf<{ user: UserAccount }>> {
    return succeed({ user: await this.factor.endFor(context, id) });
  }
}

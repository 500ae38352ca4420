import { Field, InputType } from 'type-graphql';

@InputType('RequestSignInLinkInput', { description: 'The address to mail a link to sign in to.' })
export class RequestSignInLinkInput {
  @Field(() => String, { description: 'The e-mail address of the account.' })
  email!: string;
}

@InputType('RequestPasswordResetInput', { description: 'The address to mail a link to choose a password to.' })
export class RequestPasswordResetInput {
  @Field(() => String, { description: 'The e-mail address of the account.' })
  email!: string;
}

@InputType('SignInWithLinkInput', { description: 'A link to sign in with.' })
export class SignInWithLinkInput {
  @Field(() => String, { description: 'The last part of the link.' })
  token!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The code of the second factor, or a recovery code, where the account has one.',
  })
  totpCode?: string | null;
}

@InputType('ResetPasswordInput', { description: 'A link to choose another password with, and the password.' })
export class ResetPasswordInput {
  @Field(() => String, { description: 'The last part of the link.' })
  token!: string;

  @Field(() => String, { description: 'Your new password, up to 128 characters; `vendor.passwordMinLength` says how short it may be.' })
  newPassword!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The code of the second factor, or a recovery code, where the account has one.',
  })
  totpCode?: string | null;
}

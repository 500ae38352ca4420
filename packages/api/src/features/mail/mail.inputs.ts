import { MAIL_SETTING_NAMES, SETTINGS } from '@slipway/shared';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('TestMailInput', {
  description: 'Where a test mail goes, and how. Omitted settings have their saved values; an empty string means that there is none.',
})
export class TestMailInput {
  @Field(() => String, { description: 'The address to send the test to.' })
  to!: string;
}

@InputType('SendMailAgainInput', { description: 'A mail to send again.' })
export class SendMailAgainInput {
  @Field(() => ID, { description: 'The ID of the mail.' })
  id!: string;
}

for (const name of MAIL_SETTING_NAMES) {
  if (name === 'mailsPerMinute') continue;
  const { kind, help } = SETTINGS[name];
  Field(() => (kind === 'NUMBER' ? Int : String), { nullable: true, description: help })(TestMailInput.prototype, name);
}

type Typed = Exclude<(typeof MAIL_SETTING_NAMES)[number], 'mailsPerMinute'>;
/** The class with the fields that the loop above gave it. */
export type TestMailValues = TestMailInput & { readonly [Name in Typed]?: (Name extends 'smtpPort' ? number : string) | null };

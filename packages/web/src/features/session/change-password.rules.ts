import { checkPassword } from '@slipway/shared';

export interface PasswordValues {
  currentPassword: string;
  newPassword: string;
  repeated: string;
}

export type PasswordMessages = Partial<Record<keyof PasswordValues, string>>;

/** What is missing or wrong before it is sent; whether the new one is too common only the API knows. */
export function checkPasswordChange({ currentPassword, newPassword, repeated }: PasswordValues, minLength?: number): PasswordMessages {
  const messages: PasswordMessages = {};
  if (currentPassword === '') messages.currentPassword = 'Enter the password you have now.';
  const problem = checkPassword(newPassword, minLength);
  if (problem) messages.newPassword = problem.message;
  else if (newPassword !== repeated) messages.repeated = 'The two new passwords differ: enter the same one twice.';
  return messages;
}

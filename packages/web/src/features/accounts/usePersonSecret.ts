import { computed, shallowRef } from 'vue';
import { ResetUserPasswordDocument, type InvitationFieldsFragment, type PersonFieldsFragment } from '../../graphql/documents.generated';
import { mutate } from '../../graphql/useMutation';
import { personSecretMessages as words } from '../../messages/people';
import { notify } from '../../ui/notify';

export interface Secret {
  readonly title: string;
  readonly label: string;
  readonly description: string;
  readonly secret: string;
}

/** What is handed on by hand: a link that no mail server has, or a new password. */
export function usePersonSecret() {
  const secret = shallowRef<Secret | null>(null);

  async function resetPassword({ id, email }: PersonFieldsFragment): Promise<void> {
    const outcome = await mutate(ResetUserPasswordDocument, { input: { id } });
    const refusal = outcome.problem ?? outcome.data.resetUserPassword.userErrors[0];
    if (refusal) return void notify.failure(words.passwordKept, refusal.message);
    const description = words.passwordText(email);
    secret.value = { title: words.password, label: words.password, description, secret: outcome.data?.resetUserPassword.newPassword ?? '' };
  }

  /** Shows the link of an invitation that no mail server has. */
  function showLink({ email, url }: InvitationFieldsFragment): void {
    const description = words.linkText(email);
    secret.value = { title: words.link, label: words.link, description, secret: url ?? '' };
  }

  return { secret: computed(() => secret.value), resetPassword, showLink, hideSecret: (): void => void (secret.value = null) };
}

import { computed, shallowRef } from 'vue';
import { ResetUserPasswordDocument, type InvitationFieldsFragment, type PersonFieldsFragment } from '../../graphql/documents.generated';
import { mutate } from '../../graphql/useMutation';
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
    if (refusal) return void notify.failure('The password was not changed.', refusal.message);
    const description = `For ${email}. It is shown only now: copy it and send it to them by a way you trust.`;
    secret.value = { title: 'Password', label: 'Password', description, secret: outcome.data?.resetUserPassword.newPassword ?? '' };
  }

  /** Shows the link of an invitation that no mail server has. */
  function showLink({ email, url }: InvitationFieldsFragment): void {
    const description = `For ${email}. Send it to them by a way you trust: it works once, for seven days.`;
    secret.value = { title: 'Invitation link', label: 'Invitation link', description, secret: url ?? '' };
  }

  return { secret: computed(() => secret.value), resetPassword, showLink, hideSecret: (): void => void (secret.value = null) };
}

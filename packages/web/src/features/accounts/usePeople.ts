import { computed, shallowRef } from 'vue';
import {
  GetPeopleDocument,
  ListInvitationsDocument,
  RemovePersonDocument,
  UpdatePersonDocument,
  UpdateUserDocument,
  type PersonFieldsFragment,
} from '../../graphql/documents.generated';
import type { UserError } from '../../graphql/request-problem';
import { mutate, type Outcome } from '../../graphql/useMutation';
import { usePages } from '../../graphql/usePages';
import { useQuery } from '../../graphql/useQuery';
import { peopleMessages as words } from '../../messages/people';
import { kitMessages as kit } from '../../messages/kit';
import { notify } from '../../ui/notify';
import type { PersonAction } from './PersonItem.vue';
import { usePersonSecret } from './usePersonSecret';

/** The people of a customer, and what can be done with them. @param customerId null: the viewer's own */
export function usePeople(customerId: () => string | null) {
  const query = useQuery(GetPeopleDocument, () => ({ customerId: customerId() }));
  const invited = usePages(
    ListInvitationsDocument,
    () => ({ customerId: customerId() }),
    (data) => data.invitations,
  );
  function refetch(): void {
    query.refetch();
    invited.refetch();
  }
  const { secret, resetPassword, showLink, hideSecret } = usePersonSecret();
  const asked = shallowRef<{ readonly person: PersonFieldsFragment; readonly action: 'remove' | 'leave' } | null>(null);

  function act(action: PersonAction, person: PersonFieldsFragment): void {
    if (action === 'remove' || action === 'leave') asked.value = { person, action };
    else if (action === 'password') void resetPassword(person);
    else if (action === 'enable') void enable(person);
    else void changeRole(person, action === 'owner' ? 'OWNER' : 'MEMBER');
  }

  async function changeRole({ id, name }: PersonFieldsFragment, memberRole: 'OWNER' | 'MEMBER'): Promise<void> {
    const outcome = await mutate(UpdatePersonDocument, { input: { id, memberRole } });
    tell(outcome, outcome.data?.updatePerson, memberRole === 'OWNER' ? words.isOwner(name) : words.isMember(name));
  }

  async function enable({ id, name }: PersonFieldsFragment): Promise<void> {
    const outcome = await mutate(UpdateUserDocument, { input: { id, disabled: false } });
    tell(outcome, outcome.data?.updateUser, words.isEnabled(name));
  }

  async function remove(): Promise<boolean> {
    const person = asked.value?.person;
    asked.value = null;
    if (!person) return false;
    const outcome = await mutate(RemovePersonDocument, { input: { id: person.id } });
    return tell(outcome, outcome.data?.removePerson, words.isRemoved(person.name));
  }

  function tell(
    outcome: Outcome<unknown>,
    payload: { readonly userErrors: readonly Pick<UserError, 'message'>[] } | undefined,
    success: string,
  ): boolean {
    const refusal = outcome.problem ?? payload?.userErrors[0];
    if (refusal) void notify.failure(kit.nothingChanged, refusal.message);
    else void notify.success(success);
    if (!refusal) refetch();
    return !refusal;
  }

  return {
    invited,
    refetch,
    problem: computed(() => query.problem.value ?? invited.problem.value),
    isReady: computed(() => query.data.value !== null && invited.nodes.value !== null),
    people: computed(() => query.data.value?.people ?? []),
    act,
    asked: computed(() => asked.value),
    cancel: (): void => void (asked.value = null),
    remove,
    secret,
    hideSecret,
    showLink,
  };
}

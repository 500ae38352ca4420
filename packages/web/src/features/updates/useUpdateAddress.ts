import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { queryOf, questionOf, type UpdateQuestion } from './update-question';

/** The whole question is in the address, under the names that HTTP has for it, and `license`, an ID. */
export function useUpdateAddress() {
  const route = useRoute();
  const router = useRouter();
  const asked = computed(() => questionOf(route.query));
  /** Each question is a step back. */
  const ask = (question: UpdateQuestion): void => void router.push({ path: route.path, query: queryOf(question) });
  return { asked, ask };
}

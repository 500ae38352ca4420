import { coversProduct, portalPath, type Scope } from '@slipway/shared';
import { computed, readonly, ref, shallowRef } from 'vue';
import { client } from './client';
import { GetViewerDocument, SignInDocument, SignOutDocument, type GetViewerQuery, type SignInInput } from './documents.generated';
import { dropFirstAnswers } from './first-answers';
import { iconOfTabs } from '../ui/brand';
import { nameTabs } from '../ui/usePageTitle';
import { describeRequestError, type RequestProblem, type UserError } from './request-problem';
import { mutate } from './useMutation';

type Viewer = NonNullable<GetViewerQuery['viewer']>;

const viewer = shallowRef<Viewer | null>(null);
const vendor = shallowRef<GetViewerQuery['vendor'] | null>(null);
const problem = shallowRef<RequestProblem | null>(null);
/** Grows with every change of who is looking: what was fetched before is for someone else. */
const epoch = ref(0);
let loading: Promise<void> | null = null;

const isStaff = computed(() => viewer.value?.user != null && viewer.value.user.role !== 'CUSTOMER');
/** Whoever has one license key has one product. */
const homePath = computed(() => {
  const slug = viewer.value?.license?.product.slug;
  if (isStaff.value) return '/admin/downloadables';
  return slug === undefined ? '/portal/downloads' : portalPath(slug);
});

/** Asks once who is looking; later calls share the answer. */
function load(): Promise<void> {
  loading ??= ask();
  return loading;
}

async function ask(): Promise<void> {
  try {
    const { data } = await client.query({ query: GetViewerDocument, fetchPolicy: 'network-only' });
    viewer.value = data?.viewer ?? null;
    vendor.value = data?.vendor ?? null;
    nameTabs(vendor.value?.name ?? '');
    iconOfTabs(vendor.value?.logo?.url ?? null);
    problem.value = null;
  } catch (error) {
    problem.value = describeRequestError(error);
    loading = null;
  }
}

/** Signs in with a password or a license key. @returns what was refused; empty: signed in. */
async function signIn(input: SignInInput): Promise<readonly UserError[]> {
  const outcome = await mutate(SignInDocument, { input });
  if (outcome.problem) return [{ code: outcome.problem.code, message: outcome.problem.message, field: null }];
  const payload = outcome.data.signIn;
  if (payload.userErrors.length > 0) return payload.userErrors;
  await enter();
  return [];
}

/** Somebody else is looking from now on: whoever just came in, by whatever way. */
async function enter(): Promise<void> {
  await forgetAnswers();
  loading = null;
  await load();
  epoch.value += 1;
}

/** What was answered was answered to somebody else. */
async function forgetAnswers(): Promise<void> {
  dropFirstAnswers();
  await client.clearStore();
}

async function signOut(): Promise<RequestProblem | null> {
  const outcome = await mutate(SignOutDocument, {});
  if (outcome.problem) return outcome.problem;
  forget();
  await forgetAnswers();
  epoch.value += 1;
  return null;
}

/** Asks again what the vendor set: it was just changed here. When that fails, the next page that is opened knows it. */
async function reloadVendor(): Promise<void> {
  const answer = await client.query({ query: GetViewerDocument, fetchPolicy: 'network-only' }).catch(() => null);
  if (!answer?.data) return;
  vendor.value = answer.data.vendor;
  nameTabs(vendor.value.name);
  iconOfTabs(vendor.value.logo?.url ?? null);
}

/** Drops what is known of the viewer, for example when the session ended elsewhere. */
function forget(): void {
  viewer.value = null;
  loading = Promise.resolve();
}

/** ALL: also on what belongs to no product, which is not for those who are limited to some. */
export type Reach = 'SOME_PRODUCT' | 'ALL';

function can(scope: Scope, reach: Reach = 'SOME_PRODUCT'): boolean {
  return (viewer.value?.permissions.includes(scope) ?? false) && (reach === 'SOME_PRODUCT' || covers(null));
}

/** Whether the product is one that the viewer works on; others may be seen, as everybody sees them. */
function covers(productId: string | null): boolean {
  return coversProduct(viewer.value?.limitedToProductIds ?? null, productId);
}

/** Who is looking at the page and what they may do. */
export function useSession() {
  return {
    viewer: computed(() => viewer.value),
    vendor: computed(() => vendor.value),
    problem: computed(() => problem.value),
    epoch: readonly(epoch),
    isStaff,
    homePath,
    can,
    covers,
    load,
    reloadVendor,
    signIn,
    enter,
    signOut,
    forget,
  };
}

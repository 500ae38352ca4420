import { defineAsyncComponent, markRaw } from 'vue';
import { createRouter, createWebHistory, START_LOCATION } from 'vue-router';
import { whenSignedOut } from './graphql/client';
import { leaveFirstPage } from './first-page';
import { dropFirstAnswers } from './graphql/first-answers';
import { useSession } from './graphql/session';
import { reportCrash } from './shell/crash';
import { nextTask } from './next-task';

/** What the sharing feature adds to pages of others: features do not know each other, so they are put together here. */
const ReleaseShareLinks = defineAsyncComponent(() => import('./features/sharing/ReleaseShareLinks.vue'));
const ChannelSharePanel = defineAsyncComponent(() => import('./features/sharing/ChannelSharePanel.vue'));

export const router = createRouter({
  history: createWebHistory(),
  // A page that was just loaded is at its top: to scroll it there would only make the browser lay it out twice.
  scrollBehavior: (to, from, saved) => saved ?? (from === START_LOCATION || to.path === from.path ? false : { top: 0 }),
  routes: [
    { path: '/', redirect: () => useSession().homePath.value },
    { path: '/login', component: () => import('./features/session/LoginPage.vue') },
    {
      path: '/admin',
      component: () => import('./shell/AdminShell.vue'),
      meta: { isForStaff: true },
      children: [
        { path: '', component: () => import('./features/overview/OverviewPage.vue') },
        { path: 'downloadables', component: () => import('./features/downloadables/DownloadablesPage.vue') },
        {
          path: 'downloadables/:id',
          component: () => import('./features/downloadables/DownloadablePage.vue'),
          props: ({ params }) => ({ id: String(params['id']), shareLinks: markRaw(ReleaseShareLinks) }),
        },
        {
          path: 'products',
          component: () => import('./features/products/ProductsPage.vue'),
          props: { sharePanel: markRaw(ChannelSharePanel) },
        },
        { path: 'customers', component: () => import('./features/customers/CustomersPage.vue') },
        { path: 'customers/:id', component: () => import('./features/customers/CustomerPage.vue'), props: true },
        { path: 'licenses', component: () => import('./features/customers/licenses/LicensesPage.vue') },
        { path: 'staff', component: () => import('./features/staff/StaffPage.vue') },
        { path: 'logs', component: () => import('./features/logs/LogsPage.vue') },
        { path: 'tokens', component: () => import('./features/tokens/TokensPage.vue') },
      ],
    },
    {
      path: '/portal',
      component: () => import('./shell/PortalShell.vue'),
      redirect: '/portal/downloads',
      children: [
        { path: 'downloads', component: () => import('./features/portal/PortalPage.vue') },
        { path: 'refused', component: () => import('./features/portal/RefusedPage.vue') },
      ],
    },
    {
      path: '/s/:token',
      component: () => import('./shell/ShareShell.vue'),
      children: [{ path: '', component: () => import('./features/sharing/SharedPage.vue'), props: true }],
    },
    { path: '/:path(.*)*', component: () => import('./shell/NotFoundPage.vue') },
  ],
});

router.beforeResolve(async (to, from) => {
  const session = useSession();
  if (!to.meta['isForStaff'] && to.path !== '/login') return true;
  await session.load();
  if (from === START_LOCATION) await nextTask();
  if (session.problem.value) return true; // the page says that Slipway cannot be reached
  if (to.path === '/login') return session.viewer.value ? session.homePath.value : true;
  if (session.isStaff.value) return true;
  return session.viewer.value ? '/portal/downloads' : { path: '/login', query: { next: to.fullPath } };
});

router.afterEach((to, from) => {
  if (from === START_LOCATION || to.path === from.path) return;
  leaveFirstPage();
  dropFirstAnswers();
});

router.onError((error) => reportCrash(error));

whenSignedOut(() => {
  const { fullPath, meta } = router.currentRoute.value;
  useSession().forget();
  if (meta['isForStaff']) void router.push({ path: '/login', query: { next: fullPath } });
});

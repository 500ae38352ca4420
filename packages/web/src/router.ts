import { markRaw } from 'vue';
import { createRouter, createWebHistory, START_LOCATION } from 'vue-router';
import { whenSignedOut } from './graphql/client';
import { leaveFirstPage } from './first-page';
import { dropFirstAnswers } from './graphql/first-answers';
import { useSession } from './graphql/session';
import { lazyMessages, kitMessages } from './messages/kit';
import { movedAddress } from './features/portal/portal-paths';
import { reportCrash } from './shell/crash';
import { nextTask } from './next-task';
import { showBrandOf } from './ui/brand';
import { beginPage } from './ui/focus-keeper';
import { lazy } from './ui/lazy/lazy';
import { ChunkFault, page } from './ui/lazy/load-chunk';
import { hideNotice, showNotice } from './ui/notices';

/** What features add to pages of others: features do not know each other, so they are put together here. */
const ReleaseShareLinks = lazy(() => import('./features/sharing/ReleaseShareLinks.vue'), 'PART');
const PeopleSection = lazy(() => import('./features/accounts/PeopleSection.vue'), 'PART');
const MachineKeysSection = lazy(() => import('./features/machine-keys/MachineKeysSection.vue'), 'PART');
const InviteCustomersBar = lazy(() => import('./features/accounts/InviteCustomersBar.vue'), 'PART');
const StaffInvitations = lazy(() => import('./features/accounts/StaffInvitations.vue'), 'PART');
const ReleaseAnnouncements = lazy(() => import('./features/announcements/ReleaseAnnouncements.vue'), 'PART');
const LicensePicker = lazy(() => import('./features/access/LicensePicker.vue'), 'DIALOG');
const NoticeBell = lazy(() => import('./features/notices/NoticeBell.vue'), 'PART');
const ChannelSharePanel = lazy(() => import('./features/sharing/ChannelSharePanel.vue'), 'DIALOG');

const DownloadTab = page(() => import('./features/portal/product/DownloadTab.vue'));

export const router = createRouter({
  history: createWebHistory(),
  // A page that was just loaded is at its top: to scroll it there would only make the browser lay it out twice.
  scrollBehavior: (to, from, saved) => saved ?? (from === START_LOCATION || to.path === from.path ? false : { top: 0 }),
  routes: [
    { path: '/', redirect: () => useSession().homePath.value },
    { path: '/login', component: page(() => import('./features/session/LoginPage.vue')) },
    {
      path: '/admin',
      component: page(() => import('./shell/AdminShell.vue')),
      meta: { isForStaff: true },
      children: [
        { path: '', component: page(() => import('./features/overview/OverviewPage.vue')) },
        { path: 'downloadables', component: page(() => import('./features/downloadables/DownloadablesPage.vue')) },
        {
          path: 'downloadables/:id',
          component: page(() => import('./features/downloadables/DownloadablePage.vue')),
          props: ({ params }) => ({
            id: String(params['id']),
            shareLinks: markRaw(ReleaseShareLinks),
            announcements: markRaw(ReleaseAnnouncements),
          }),
        },
        {
          path: 'downloadables/:id/announce',
          component: page(() => import('./features/announcements/AnnouncePage.vue')),
          props: true,
        },
        { path: 'announcements/:id', component: page(() => import('./features/announcements/AnnouncementPage.vue')), props: true },
        {
          path: 'products',
          component: page(() => import('./features/products/ProductsPage.vue')),
          props: { sharePanel: markRaw(ChannelSharePanel) },
        },
        {
          path: 'customers',
          component: page(() => import('./features/customers/CustomersPage.vue')),
          props: { inviteBar: markRaw(InviteCustomersBar) },
        },
        {
          path: 'customers/:id',
          component: page(() => import('./features/customers/CustomerPage.vue')),
          props: ({ params }) => ({
            id: String(params['id']),
            people: markRaw(PeopleSection),
            machineKeys: markRaw(MachineKeysSection),
          }),
        },
        { path: 'licenses', component: page(() => import('./features/customers/licenses/LicensesPage.vue')) },
        { path: 'access', component: page(() => import('./features/access/AccessPage.vue')) },
        { path: 'licenses/import', component: page(() => import('./features/customers/licenses/import/LicenseImportPage.vue')) },
        {
          path: 'staff',
          component: page(() => import('./features/staff/StaffPage.vue')),
          props: { invitations: markRaw(StaffInvitations) },
        },
        { path: 'account', component: page(() => import('./features/accounts/AccountPage.vue')) },
        { path: 'logs/:tab?', component: page(() => import('./features/logs/LogsPage.vue')), props: true },
        {
          path: 'updates',
          component: page(() => import('./features/updates/UpdatesPage.vue')),
          props: { licensePicker: markRaw(LicensePicker) },
        },
        { path: 'tokens', component: page(() => import('./features/tokens/TokensPage.vue')) },
        {
          path: 'settings/:part?',
          component: page(() => import('./features/settings/SettingsPage.vue')),
          props: true,
          // What people call it who look for the bucket.
          beforeEnter: ({ params }) => params['part'] !== 's3' || '/admin/settings/storage',
        },
      ],
    },
    {
      path: '/portal',
      component: page(() => import('./shell/PortalShell.vue')),
      props: { bell: markRaw(NoticeBell) },
      redirect: '/portal/downloads',
      children: [
        {
          path: 'downloads',
          component: page(() => import('./features/portal/home/HomePage.vue')),
          beforeEnter: ({ query }) => movedAddress(query) ?? true,
        },
        { path: 'history', component: page(() => import('./features/portal/home/HistoryPage.vue')) },
        {
          path: 'licenses',
          component: page(() => import('./features/portal/licenses/LicensesPage.vue')),
          props: { sections: [markRaw(PeopleSection), markRaw(MachineKeysSection)] },
        },
        { path: 'notifications', component: page(() => import('./features/news/NotificationsPage.vue')) },
        { path: 'notices', component: page(() => import('./features/notices/NoticesPage.vue')) },
        { path: 'refused', component: page(() => import('./features/portal/RefusedPage.vue')) },
        { path: 'account', component: page(() => import('./features/accounts/AccountPage.vue')) },
        {
          path: '/portal/downloads/:product',
          component: page(() => import('./features/portal/product/ProductPage.vue')),
          children: [
            { path: '', component: DownloadTab },
            { path: '/portal/downloads/:product/whats-new', component: page(() => import('./features/portal/product/WhatsNewTab.vue')) },
            { path: '/portal/downloads/:product/versions', component: page(() => import('./features/portal/product/VersionsTab.vue')) },
            { path: '/portal/downloads/:product/:version', component: DownloadTab },
          ],
        },
      ],
    },
    // Where mails lead: what follows the first part is a secret, which logs hide.
    { path: '/invitation/:token', ...entryPage(page(() => import('./features/accounts/InvitationPage.vue'))) },
    { path: '/sign-in/:token', ...entryPage(page(() => import('./features/accounts/SignInLinkPage.vue'))) },
    { path: '/reset/:token', ...entryPage(page(() => import('./features/accounts/ResetPage.vue'))) },
    { path: '/address/:token', ...entryPage(page(() => import('./features/accounts/AddressPage.vue'))) },
    {
      path: '/s/:token',
      component: page(() => import('./shell/ShareShell.vue')),
      children: [{ path: '', component: page(() => import('./features/sharing/SharedPage.vue')), props: true }],
    },
    {
      path: '/unsubscribe/:token',
      component: page(() => import('./shell/ShareShell.vue')),
      children: [{ path: '', component: page(() => import('./features/news/NotificationsPage.vue')), props: true }],
    },
    {
      path: '/recall/:token',
      component: page(() => import('./shell/ShareShell.vue')),
      children: [{ path: '', component: page(() => import('./features/notices/RecallPage.vue')), props: true }],
    },
    {
      path: '/:path(.*)*',
      component: page(() => import('./shell/NotFoundShell.vue')),
      children: [{ path: '', component: page(() => import('./shell/NotFoundPage.vue')) }],
    },
  ],
});

/** A page with one thing to do, in the vendor's name. */
function entryPage(component: ReturnType<typeof page>) {
  return { component: page(() => import('./shell/EntryShell.vue')), children: [{ path: '', component, props: true }] };
}

/** Where a second factor is set up; whoever has to have one and has none gets no further. */
const ENROL_PATH = '/admin/account';

router.beforeResolve(async (to, from) => {
  const session = useSession();
  if (!to.meta['isForStaff'] && to.path !== '/login') return true;
  await session.load();
  if (from === START_LOCATION) await nextTask();
  if (session.problem.value) return true; // the page says that Slipway cannot be reached
  if (to.path === '/login') return session.viewer.value ? session.homePath.value : true;
  if (session.isStaff.value) return session.viewer.value?.mustEnrolTotp && to.path !== ENROL_PATH ? ENROL_PATH : true;
  return session.viewer.value ? '/portal/downloads' : { path: '/login', query: { next: to.fullPath } };
});

router.afterEach((to, from) => {
  hideNotice();
  showBrandOf(to.path);
  if (from === START_LOCATION || to.path === from.path) return;
  leaveFirstPage();
  beginPage();
  dropFirstAnswers();
});

/** Who cannot get to a page stays on the one that is there. On the first there is none. */
router.onError((error, to, from) => {
  if (!(error instanceof ChunkFault) || from === START_LOCATION) return reportCrash(error);
  showNotice({
    text: lazyMessages.page,
    action: { label: kitMessages.tryAgain, run: () => void router.push(to.fullPath) },
  });
});

whenSignedOut(() => {
  const { fullPath, meta } = router.currentRoute.value;
  useSession().forget();
  if (meta['isForStaff']) void router.push({ path: '/login', query: { next: fullPath } });
});

import { createApp } from 'vue';
import App from './App.vue';
import { useSession } from './graphql/session';
import { watchNetwork } from './graphql/outdated';
import { router } from './router';
import { reportFault } from './shell/crash';
import { nextTask } from './next-task';
import { keepFocus } from './ui/focus-keeper';
import { watchForNewBuild } from './ui/lazy/new-build';
import './ui/styles.css';

const app = createApp(App);
app.config.errorHandler = (error) => {
  reportFault(error);
};
app.use(router);
watchNetwork();
keepFocus();
watchForNewBuild();
void nextTask().then(() => useSession().load());
// Until the first page is there, the frame that its file brought stays. A page that fails is told by the app itself.
void router
  .isReady()
  .catch(() => undefined)
  .then(() => app.mount('#app'));

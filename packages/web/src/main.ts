import { createApp } from 'vue';
import App from './App.vue';
import { useSession } from './graphql/session';
import { router } from './router';
import { reportCrash } from './shell/crash';
import { nextTask } from './next-task';
import './ui/styles.css';

const app = createApp(App);
app.config.errorHandler = (error) => {
  reportError(error);
  reportCrash(error);
};
app.use(router);
void nextTask().then(() => useSession().load());
// Until the first page is there, the frame that its file brought stays. A page that fails is told by the app itself.
void router
  .isReady()
  .catch(() => undefined)
  .then(() => app.mount('#app'));

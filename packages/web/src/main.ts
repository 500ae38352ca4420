import { createApp, nextTick } from 'vue';
import App from './App.vue';
import { dropFirstAnswers } from './graphql/first-answers';
import { useSession } from './graphql/session';
import { router } from './router';
import { reportCrash } from './shell/crash';
import './ui/styles.css';

void useSession().load();

const app = createApp(App);
app.config.errorHandler = (error) => {
  reportError(error);
  reportCrash(error);
};
app.use(router).mount('#app');
void router
  .isReady()
  .then(() => nextTick())
  .then(dropFirstAnswers);

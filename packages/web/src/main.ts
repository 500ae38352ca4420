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
app.use(router).mount('#app');
void nextTask().then(() => useSession().load());

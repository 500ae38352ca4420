import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client/core';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { ErrorLink } from '@apollo/client/link/error';
import { fetchGraphql } from './first-answers';

type Listener = () => void;
let onSignedOut: Listener = () => undefined;

/** Calls back when the API says that the session is over. One listener: the router. */
export function whenSignedOut(listener: Listener): void {
  onSignedOut = listener;
}

const watchForSignOut = new ErrorLink(({ error }) => {
  const isOver = CombinedGraphQLErrors.is(error) && error.errors.some((one) => one.extensions?.['code'] === 'UNAUTHENTICATED');
  if (isOver) onSignedOut();
});

export const client = new ApolloClient({
  link: ApolloLink.from([watchForSignOut, new HttpLink({ uri: '/graphql', credentials: 'same-origin', fetch: fetchGraphql })]),
  cache: new InMemoryCache({
    typePolicies: {
      Channel: { keyFields: false },
      // The files are those for the computer and license that were asked about: the same release has others in another answer.
      UpdateRelease: { keyFields: false },
      Viewer: { merge: true },
      Downloadable: { fields: { assets: { merge: false } } },
      Product: { fields: { channels: { merge: false } } },
    },
  }),
  devtools: { enabled: false },
});

import type { AddressInfo } from 'node:net';
import { openRaw, readToEnd, type RawReply } from '../../http/raw-request.cases.js';
import { createServer } from '../../http/server.js';
import { LIMITS, type LimitName } from '../../kernel/limits/limits.js';
import { createLog } from '../../kernel/log.js';
import type { GraphqlReply } from '../client.js';
import type { Harness } from '../harness.js';
import { makeCustomer, makeProduct } from '../make.js';
import { problemOf, type LimitProbe, type SeenRefusal } from './probe.js';

const REQUEST_LINK = 'mutation($v: RequestSignInLinkInput!) { requestSignInLink(input: $v) { userErrors { code } } }';

/** Goes one past each limit of what a request may hold. */
export const INPUT_LIMITS = {
  idText: {
    exceed: ({ nobody }) =>
      ask(nobody.graphql('query($v: ID!) { downloadable(id: $v) { id } }', { v: 'x'.repeat(LIMITS.idText.most + 1) })),
  },
  searchText: {
    exceed: ({ admin }) =>
      ask(admin.graphql('query($v: String) { products(search: $v) { nodes { id } } }', { v: 'x'.repeat(LIMITS.searchText.most + 1) })),
  },
  cursorText: {
    exceed: ({ admin }) =>
      ask(admin.graphql('query($v: String) { products(after: $v) { nodes { id } } }', { v: 'x'.repeat(LIMITS.cursorText.most + 1) })),
  },
  argumentText: {
    exceed: async ({ admin }) => userError(await admin.mutate('createProduct', { name: 'x'.repeat(LIMITS.argumentText.most + 1) })),
  },
  argumentList: {
    exceed: ({ admin }) =>
      ask(
        admin.graphql('mutation($v: ChangeDownloadablesInput!) { changeDownloadables(input: $v) { userErrors { code } } }', {
          v: { action: 'ARCHIVE', ids: Array.from({ length: LIMITS.argumentList.most + 1 }, () => 'x') },
        }),
      ),
  },
  productsPerPerson: {
    exceed: async ({ admin }) => {
      const productIds = Array.from({ length: LIMITS.productsPerPerson.most + 1 }, (_, index) => `product ${index}`);
      const person = { email: 'limited@vendor.example', name: 'Limited', role: 'SUPPORT' };
      return userError(await admin.mutate('createUser', { ...person, productIds }));
    },
  },
  failedGuesses: { exceed: guessOnceMore, names: 'minutes' },
  mailedLinks: {
    exceed: async ({ nobody, database }) => {
      const request = () => ask(nobody.graphql(REQUEST_LINK, { v: { email: 'flooded@limits.example' } }));
      return oneMore(database, LIMITS.mailedLinks.most, request);
    },
    names: 'minutes',
  },
  mailedLinksByAddress: {
    exceed: async ({ nobody, database }) => {
      const request = (index: number) => ask(nobody.graphql(REQUEST_LINK, { v: { email: `asked-${index}@limits.example` } }));
      return oneMore(database, LIMITS.mailedLinksByAddress.most, request);
    },
    names: 'minutes',
  },
  invitationsBySender: {
    exceed: async (harness) => {
      const { id: customerId } = await makeCustomer(harness.admin);
      const owner = await harness.makeUser('CUSTOMER', { customerId });
      const query = 'mutation($v: InvitePersonInput!) { invitePerson(input: $v) { userErrors { code } } }';
      const invite = (index: number) => ask(owner.graphql(query, { v: { email: `mate-${index}@limits.example`, name: 'Mate' } }));
      return oneMore(harness.database, LIMITS.invitationsBySender.most, invite);
    },
    names: 'minutes',
  },
  bulkInvitations: {
    exceed: ({ admin }) => {
      const customerIds = Array.from({ length: LIMITS.bulkInvitations.most + 1 }, (_, index) => `customer ${index}`);
      const query = 'mutation($v: InviteCustomerInput!) { inviteCustomer(input: $v) { userErrors { code } } }';
      return ask(admin.graphql(query, { v: { customerIds } }));
    },
  },
  ownLicenseKey: {
    exceed: async ({ admin }) => {
      const [customer, product] = await Promise.all([makeCustomer(admin), makeProduct(admin)]);
      const key = 'K'.repeat(LIMITS.ownLicenseKey.most + 1);
      return userError(await admin.mutate('createLicense', { customerId: customer.id, productId: product.id, key }));
    },
  },
  bulkLicenses: {
    exceed: ({ admin }) => {
      const ids = Array.from({ length: LIMITS.bulkLicenses.most + 1 }, (_, index) => `license ${index}`);
      const query = 'mutation($v: ChangeLicensesInput!) { changeLicenses(input: $v) { userErrors { code } } }';
      return ask(admin.graphql(query, { v: { action: 'SUSPEND', ids } }));
    },
  },
  importedLicenseKey: {
    exceed: async (harness) => {
      const { slug } = await makeProduct(harness.admin);
      const key = 'K'.repeat(LIMITS.importedLicenseKey.most + 1);
      const reply = await sendImport(harness, `email,product,key\nkey@limits.example,${slug},${key}`);
      const { id } = (await reply.json()) as { id: string };
      await harness.settle();
      const query = 'query($id: ID!) { licenseImport(id: $id) { lines(first: 1) { nodes { code message } } } }';
      const { data } = await harness.admin.graphql<ImportedLines>(query, { id });
      const [line] = data?.licenseImport.lines.nodes ?? [];
      return line ? { ...line, status: 200 } : null;
    },
  },
  importBytes: {
    exceed: async (harness) => problemOf(await sendImport(harness, 'x'.repeat(LIMITS.importBytes.most + 1))),
    names: 'too large',
  },
  importLines: {
    exceed: async (harness) => {
      const lines = Array.from({ length: LIMITS.importLines.most + 1 }, (_, index) => `a${index}@b.example,p`);
      return problemOf(await sendImport(harness, ['email,product', ...lines].join('\n')));
    },
  },
  importColumns: {
    exceed: async (harness) => problemOf(await sendImport(harness, `email,product${','.repeat(LIMITS.importColumns.most)}\na@b.example,p`)),
  },
  endsWithinDays: {
    exceed: ({ admin }) => ask(admin.graphql(`{ licenses(endsWithinDays: ${LIMITS.endsWithinDays.most + 1}) { totalCount } }`)),
  },
  pathPart: { exceed: async ({ nobody }) => problemOf(await nobody.fetch(`/s/${'x'.repeat(LIMITS.pathPart.most + 1)}`)) },
  headerBytes: {
    exceed: async ({ nobody }) => problemOf(await nobody.fetch('/healthz', { headers: { 'x-long': 'x'.repeat(LIMITS.headerBytes.most) } })),
  },
  bodySeconds: { exceed: dripOnce },
} as const satisfies Readonly<Partial<Record<LimitName, LimitProbe>>>;

interface ImportedLines {
  readonly licenseImport: { readonly lines: { readonly nodes: readonly { code: string; message: string }[] } };
}

const sendImport = ({ admin }: Harness, body: string): Promise<Response> =>
  admin.fetch('/api/v1/license-imports', { method: 'POST', headers: { 'content-type': 'text/csv' }, body });

async function ask(reply: Promise<GraphqlReply<unknown>>): Promise<SeenRefusal | null> {
  const { status, errors } = await reply;
  const [error] = errors;
  return error ? { code: error.extensions.code, message: error.message, status } : null;
}

function userError({ userErrors }: { readonly userErrors: readonly { code: string; message: string }[] }): SeenRefusal | null {
  const [error] = userErrors;
  return error ? { ...error, status: 200 } : null;
}

/** Does something as often as it may be done, and once more; then it is forgotten, so that others may. */
async function oneMore(
  database: Harness['database'],
  most: number,
  act: (index: number) => Promise<SeenRefusal | null>,
): Promise<SeenRefusal | null> {
  for (let index = 0; index < most; index += 1) if (await act(index)) throw new Error(`Number ${index + 1} of ${most} was refused.`);
  const refusal = await act(most);
  await database.transaction((tx) => tx.execute('DELETE FROM sign_in_failure'));
  return refusal;
}

async function guessOnceMore({ nobody, clock }: Harness): Promise<SeenRefusal | null> {
  const query = 'mutation($v: SignInInput!) { signIn(input: $v) { userErrors { code } } }';
  const guess = (index: number) => ask(nobody.graphql(query, { v: { email: 'guessed@limits.example', password: `wrong ${index}` } }));
  for (let index = 0; index < LIMITS.failedGuesses.most; index += 1) await guess(index);
  const refusal = await guess(LIMITS.failedGuesses.most);
  // Forgotten, so that others may sign in from here.
  clock.advance({ seconds: 16 * 60 });
  return refusal;
}

/** The same server with less patience: the sentence names the limit of the table all the same. */
async function dripOnce({ app }: Harness): Promise<SeenRefusal> {
  const parts = {
    publicUrl: 'http://localhost',
    trustedProxies: [],
    storeOrigins: () => [],
    authenticators: app.features,
    log: createLog('silent'),
  };
  const server = await createServer({ ...parts, bodyMilliseconds: 20 });
  server.app.post('/json', { config: { access: 'public' } }, async () => ({}));
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  // Listening on TCP, it has a port.
  const socket = openRaw((server.app.server.address() as AddressInfo).port);
  socket.write('POST /json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{');
  const { status, body }: RawReply = await readToEnd(socket);
  await server.app.close();
  const { code, detail } = JSON.parse(body) as { code: string; detail: string };
  return { code, message: detail, status };
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../kernel/log.js';
import { EMBEDDED_SETUPS, TEST_PASSWORD, type Harness } from '../harness.js';
import { tokenFor } from '../account-mails.js';
import { makeCustomer, makeLicense, makeMachineKey, makePublished, makeToken } from '../make.js';
import { createS3Store, hasS3, type TestStore } from '../stores.js';

/** What nobody may find again. */
const WRONG = {
  key: 'CANARY-WRONG-LICENSE-KEY-71',
  token: `slipway_${'Canary71'.repeat(5)}abc`,
  machineKey: `mk_${'ca71'.repeat(10)}`,
  password: 'canary wrong password 71',
  store: 'canary/wrong/store/secret/71',
  mail: 'canary-wrong-mail-password-71',
};
/** In a file of licenses: one that is imported, and one whose line fails. */
const IMPORTED = { importedKey: 'CANARY-IMPORTED-OWN-KEY-71', failedKey: 'CANARY-NOT-IMPORTED-KEY-71' };
const SAVED_MAIL = 'canary-saved-mail-password-71';

/** As it is, and as it is written where bytes become text. */
const spellingsOf = (secret: string): readonly string[] => [
  secret,
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('hex'),
  encodeURIComponent(secret),
];

describe.each(EMBEDDED_SETUPS.filter((setup) => setup.isAvailable))('secrets on $name', ({ start }) => {
  const lines: string[] = [];
  const replies: string[] = [];
  let harness: Harness;
  let bucket: TestStore | null = null;
  let secrets: Readonly<Record<string, string>>;
  beforeAll(async () => {
    harness = await start({ log: createLog('trace', { write: (line: string) => void lines.push(line) }) });
    bucket = hasS3 ? await createS3Store() : null;
    const wrong = Object.fromEntries(Object.entries(WRONG).map(([name, secret]) => [`wrong ${name}`, secret]));
    secrets = { ...wrong, savedMail: SAVED_MAIL, ...(await useSecrets()), ...(await useLinks()), ...(await importKeys()) };
    await harness.settle();
    await harness.app.features.refusals.close();
  });
  afterAll(async () => {
    await harness.close();
    await bucket?.drop();
  });

  const keep = async (reply: Response): Promise<void> => void replies.push(JSON.stringify([...reply.headers]), await reply.text());
  const send = async (query: string, input: object): Promise<void> => {
    replies.push(JSON.stringify(await harness.admin.graphql(query, { input })));
  };

  /** Everything that takes a secret, with right ones and wrong ones. @returns the right ones */
  async function useSecrets(): Promise<Record<string, string>> {
    const { admin, nobody } = harness;
    const { productId, file } = await makePublished(harness);
    const license = await makeLicense(harness, { productId });
    const machine = await makeMachineKey(admin, { customerId: license.customerId });
    const token = await makeToken(admin, { scopes: ['release:read', 'log:read'] });
    const path = `/d/${file.id}/${file.fileName}`;
    for (const authorization of [
      `License ${license.key}`,
      `License ${machine.key}`,
      `License ${WRONG.machineKey}`,
      `Bearer ${WRONG.token}`,
      `License ${WRONG.key}`,
      `Basic ${btoa(`x:${WRONG.key}`)}`,
    ])
      await keep(await nobody.fetch(path, { headers: { authorization } }));
    await keep(await nobody.fetch(`${path}?key=${license.key}`));
    await keep(await nobody.fetch(`${path}?key=${WRONG.key}`));
    await keep(await nobody.fetch(`${path}?key=${machine.key}`));
    await keep(await token.fetch(path));
    const signIn = 'mutation($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }';
    await send(signIn, { email: 'admin@slipway.example', password: WRONG.password });
    await send(signIn, { licenseKey: WRONG.key });
    await send(signIn, { licenseKey: machine.key });
    const fields = 'storageTest { checks { message detail fix { text } } } userErrors { message }';
    const { secretAccessKey, ...s3 } = bucket?.s3 ?? { endpoint: 'http://127.0.0.1:1', bucket: 'none', secretAccessKey: null };
    const store = { ...s3, publicEndpoint: '', accessKeyId: 'canary-id' };
    await send(`mutation($input: TestStorageInput!) { testStorage(input: $input) { ${fields} } }`, {
      ...store,
      secretAccessKey: WRONG.store,
    });
    const choose =
      'mutation($input: UpdateStorageInput!) { updateStorage(input: $input) { storageSettings { bucket place problem } userErrors { message } } }';
    await send(choose, { ...store, secretAccessKey: WRONG.store });
    if (bucket) await send(choose, { ...s3, publicEndpoint: '', secretAccessKey });
    const mail = { smtpHost: '127.0.0.1', smtpPort: 1, smtpSecurity: 'NONE', smtpUser: 'sender', mailFrom: 'a@aurora.example' };
    const test = 'mutation($input: TestMailInput!) { testMail(input: $input) { mail { problem answer text } userErrors { message } } }';
    await send(test, { ...mail, to: 'b@aurora.example', smtpPassword: WRONG.mail });
    const save =
      'mutation($input: UpdateSettingsInput!) { updateSettings(input: $input) { settings { smtpPassword } userErrors { message } } }';
    await send(save, { ...mail, smtpPassword: SAVED_MAIL });
    await keep(await admin.fetch('/api/v1/logs/audit.json'));
    await keep(await admin.fetch('/api/v1/logs/refusals.json'));
    const cookie = (admin.headers['cookie'] ?? '').split('=')[1] ?? '';
    const bearer = (token.headers['authorization'] ?? '').replace('Bearer ', '');
    return {
      key: license.key,
      token: bearer,
      cookie,
      password: TEST_PASSWORD,
      machineKey: machine.key,
      ...(secretAccessKey === null ? {} : { store: secretAccessKey }),
    };
  }

  /** A file of licenses with the vendor's own keys, looked at before and after it is imported. @returns the keys */
  async function importKeys(): Promise<Record<string, string>> {
    const { admin, nobody } = harness;
    const { file, productId } = await makePublished(harness);
    const { product } = await admin.query<{ product: { slug: string } }>('query($id: ID!) { product(id: $id) { slug } }', {
      id: productId,
    });
    const [good, bad] = [`key@import.example,${product.slug},${IMPORTED.importedKey}`, `key@import.example,missing,${IMPORTED.failedKey}`];
    const sent = await admin.fetch('/api/v1/license-imports', { method: 'POST', body: ['email,product,key', good, bad].join('\n') });
    const { id } = (await sent.clone().json()) as { id: string };
    await keep(sent);
    const fields =
      'id fileName state created failed lines(first: 10) { nodes { line email column message changes { column before after } } }';
    const look = async (): Promise<void> => {
      await harness.settle();
      for (const query of [`{ licenseImport(id: "${id}") { ${fields} } }`, `{ licenseImports(first: 10) { nodes { ${fields} } } }`])
        replies.push(JSON.stringify(await admin.graphql(query)));
    };
    await look();
    await send('mutation($input: ImportLicensesInput!) { importLicenses(input: $input) { licenseImport { state } } }', { id });
    await look();
    expect(replies.at(-1)).toContain('"state":"DONE","created":1,"failed":1');
    const used = await nobody.fetch(`/d/${file.id}/${file.fileName}`, { headers: { authorization: `License ${IMPORTED.importedKey}` } });
    expect(used.status).toBe(302);
    await keep(await admin.fetch('/api/v1/logs/audit.json'));
    return IMPORTED;
  }

  /** Links of mails, a feed and a second factor, used as people and their programs do. @returns what lets in */
  async function useLinks(): Promise<Record<string, string>> {
    const { admin, nobody } = harness;
    const { id: customerId } = await makeCustomer(admin, { name: 'Wren', email: 'it@wren.example' });
    const person = await harness.makeUser('CUSTOMER', { customerId });
    const { viewer } = await person.query<{ viewer: { user: { email: string } } }>('{ viewer { user { email } } }');
    await nobody.run('requestSignInLink', { email: viewer.user.email }, 'userErrors { code }');
    const link = await tokenFor(harness, viewer.user.email, 'SIGN_IN_LINK');
    await admin.run('invitePerson', { customerId, email: 'new@wren.example', name: 'New', memberRole: 'MEMBER' }, 'invitation { id }');
    const invitation = await tokenFor(harness, 'new@wren.example', 'INVITATION');
    for (const path of [`/sign-in/${link}`, `/invitation/${invitation}`]) await keep(await nobody.fetch(path));
    const enter = 'mutation($input: SignInWithLinkInput!) { signInWithLink(input: $input) { userErrors { message } } }';
    replies.push(JSON.stringify(await nobody.graphql(enter, { input: { token: `${link.slice(0, -1)}_` } })));
    replies.push(JSON.stringify(await nobody.graphql(enter, { input: { token: link } })));
    const made = await person.query<{ createNewsFeed: { url: string } }>('mutation { createNewsFeed { url } }');
    const feed = made.createNewsFeed.url.split('/').at(-1) ?? '';
    replies.push(JSON.stringify([...(await nobody.fetch(`/feeds/news/${feed}`)).headers]));
    const { secret } = await person.run<{ secret: string }>('enrolTotp', { currentPassword: TEST_PASSWORD }, 'secret');
    const support = await harness.makeUser('SUPPORT');
    replies.push(JSON.stringify(await support.graphql('{ mails(first: 100) { nodes { text link } } }')));
    await keep(await admin.fetch('/api/v1/logs/mail.json'));
    return { link, invitation, feed, secondFactor: secret };
  }

  /** Names of the secrets that are found in a text. */
  const foundIn = (text: string): readonly string[] =>
    Object.entries(secrets).flatMap(([name, secret]) => (spellingsOf(secret).some((spelling) => text.includes(spelling)) ? [name] : []));

  it('are really looked for: each is long, and one that is there is found', () => {
    for (const secret of Object.values(secrets)) expect(secret.length).toBeGreaterThanOrEqual(16);
    expect(foundIn(`x ${WRONG.key} y`)).toEqual(['wrong key']);
    expect(lines.length).toBeGreaterThan(20);
    expect(replies.join('')).toContain('LICENSE_KEY_INVALID');
  });

  it('stand in no row of the database', async () => {
    for (const { tableName } of harness.database.reader.entityMetadatas) {
      const rows = await harness.database.query(`SELECT * FROM ${tableName}`);
      expect(foundIn(JSON.stringify(rows)), tableName).toEqual([]);
    }
  });

  it('stand in no line of the log, whatever its level', () => {
    for (const line of lines) expect(foundIn(line), line).toEqual([]);
  });

  it('stand in no reply', () => {
    for (const reply of replies) expect(foundIn(reply), reply.slice(0, 300)).toEqual([]);
  });
});

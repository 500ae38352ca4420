import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { Mailboxes, refusal } from '../../testing/mailbox.js';
import { makeCustomer, makeLicense, makeProduct, makePublished } from '../../testing/make.js';

const FIELDS = 'address general products { productId choice } refusal { answer } feed { createdAt }';
interface Choices {
  readonly address: string;
  readonly general: string;
  readonly products: readonly { readonly productId: string; readonly choice: string | null }[];
  readonly refusal: { readonly answer: string } | null;
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('what people choose to hear on $name', ({ start }) => {
  let harness: Harness;
  let customerId: string;
  let person: Client;
  let productId: string;
  let slug: string;
  const mailboxes = new Mailboxes();
  beforeAll(async () => {
    harness = await start();
    ({ id: customerId } = await makeCustomer(harness.admin, { name: 'Sparrow', email: 'it@sparrow.example' }));
    ({ id: productId, slug } = await makeProduct(harness.admin, { name: 'Aurora' }));
    await makeLicense(harness, { productId, customerId });
    person = await harness.makeUser('CUSTOMER', { customerId });
  });
  afterEach(() => mailboxes.closeAll());
  afterAll(() => harness.close());

  const read = async (client: Client, token: string | null = null): Promise<Choices | null> =>
    (
      await client.query<{ notificationChoices: Choices | null }>(
        `query($token: String) { notificationChoices(token: $token) { ${FIELDS} } }`,
        { token },
      )
    ).notificationChoices;
  const choose = (client: Client, input: Record<string, unknown>) =>
    client.mutate<{ notificationChoices: Choices | null }>('updateNotificationChoices', input, `notificationChoices { ${FIELDS} }`);
  const linkOf = (address: string): string => harness.app.features.newsChoices.unsubscribeUrl(address).split('/').at(-1)!;

  it('is all of it at first, for each product of theirs', async () => {
    expect(await read(person)).toMatchObject({ general: 'ALL', products: [{ productId, choice: null }], refusal: null, feed: null });
  });

  it('changes for all products or one, and back again', async () => {
    await choose(person, { general: 'STABLE', products: [{ productId, choice: 'SECURITY' }] });
    expect(await read(person)).toMatchObject({ general: 'STABLE', products: [{ productId, choice: 'SECURITY' }] });
    const { notificationChoices } = await choose(person, { products: [{ productId, choice: null }] });
    expect(notificationChoices).toMatchObject({ general: 'STABLE', products: [{ productId, choice: null }] });
  });

  it('is said by the link of a mail without signing in, and by no other link', async () => {
    const token = linkOf('IT@sparrow.example');
    expect(await read(harness.nobody, token)).toMatchObject({ address: 'IT@sparrow.example', general: 'ALL', products: [{ productId }] });
    await choose(harness.nobody, { token, general: 'SECURITY' });
    expect(await read(harness.nobody, linkOf('it@sparrow.example'))).toMatchObject({ general: 'SECURITY' });
    const forged = `${token.slice(0, -2)}xx`;
    expect(await read(harness.nobody, forged)).toBeNull();
    const { userErrors } = await choose(harness.nobody, { token: forged, general: 'NONE' });
    expect(userErrors).toMatchObject([{ code: 'LINK_INVALID', field: 'token' }]);
    expect(await read(harness.nobody, token)).toMatchObject({ general: 'SECURITY' });
  });

  it('is nobody’s who is not a person, and not of products of others', async () => {
    const { client: key } = await makeLicense(harness, { productId });
    for (const client of [harness.nobody, key]) {
      expect(await read(client)).toBeNull();
      expect((await choose(client, { general: 'NONE' })).userErrors).toMatchObject([{ code: 'LINK_INVALID' }]);
    }
    const { id: other } = await makeProduct(harness.admin);
    const { userErrors } = await choose(person, { products: [{ productId: other, choice: 'ALL' }] });
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field: 'products' }]);
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'several parts',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--',
    ],
  ])('ends with the one click of a mail program, sent as %s; opening the address changes nothing', async (_what, type, body) => {
    const token = linkOf('click@sparrow.example');
    await choose(harness.nobody, { token, general: 'ALL' });
    const path = `/unsubscribe/${token}`;
    await harness.nobody.fetch(path);
    await harness.nobody.fetch(path, { method: 'HEAD' });
    expect(await read(harness.nobody, token)).toMatchObject({ general: 'ALL' });
    const click = (to: string) => harness.nobody.fetch(to, { method: 'POST', headers: { 'content-type': type }, body });
    const answer = await click(path);
    expect([answer.status, await answer.text()]).toEqual([200, 'Done: no more mail about releases goes to this address.\n']);
    expect((await click(path)).status).toBe(200);
    expect(await read(harness.nobody, token)).toMatchObject({ general: 'NONE' });
    // The longest address there may be, of letters that take the most bytes.
    const longest = `${'\u304c'.repeat(64)}@${['a', 'b', 'c'].map((letter) => letter.repeat(61)).join('.')}.ex`;
    expect((await click(`/unsubscribe/${linkOf(longest)}`)).status).toBe(200);
    const forged = await click(`${path}x`);
    expect([forged.status, ((await forged.json()) as { code: string }).code]).toEqual([404, 'NOT_FOUND']);
  });

  it('is a feed for a reader that cannot sign in: what they may download, until its address is made anew', async () => {
    const release = await makePublished(harness, {
      productId,
      version: '2.0.0',
      summary: 'Twice <b>as</b> fast & "safe"',
      changelog: '# New\n\n<script>alert(1)</script> ]]>',
    });
    await makePublished(harness, { productId, version: '2.1.0-beta.1' });
    const other = await makePublished(harness, { version: '9.9.9' });
    const made = await person.query<{ createNewsFeed: { url: string } }>('mutation { createNewsFeed { url } }');
    const { url } = made.createNewsFeed;
    const path = new URL(url).pathname;
    const feed = await harness.nobody.fetch(path);
    const text = await feed.text();
    expect([feed.status, feed.headers.get('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8']);
    expect(text).toContain(`urn:ulid:${release.id}`);
    expect(text).toContain('Twice &lt;b&gt;as&lt;/b&gt; fast &amp; &quot;safe&quot;');
    expect(text).toContain(`/portal/downloads/${slug}/2.0.0`);
    expect(text).not.toContain('<script');
    expect(text).not.toContain(other.id);
    const again = await harness.nobody.fetch(path, { headers: { 'if-none-match': feed.headers.get('etag')! } });
    expect(again.status).toBe(304);
    expect(await (await harness.nobody.fetch(`${path}?only=stable`)).text()).not.toContain('2.1.0-beta.1');
    expect(await (await harness.nobody.fetch(`${path}?only=security`)).text()).not.toContain('<entry>');
    expect(await (await harness.nobody.fetch(`${path}?product=another`)).text()).not.toContain('<entry>');
    expect((await harness.nobody.fetch(`${path}?only=loud`)).status).toBe(400);
    expect(JSON.stringify(await harness.database.query('SELECT * FROM news_feed'))).not.toContain(path.split('/').at(-1));
    await person.query('mutation { createNewsFeed { url } }');
    expect((await harness.nobody.fetch(path)).status).toBe(404);
  });

  it('says that the address takes no mail, until staff say that it does or a mail arrives', async () => {
    const { port } = await mailboxes.open({
      onRcptTo: (_to, _session, done) => done(refusal(550, '5.1.1 <it@sparrow.example> is unknown')),
    });
    const settings = { smtpHost: '127.0.0.1', smtpPort: port, smtpSecurity: 'NONE', mailFrom: 'news@aurora.example' };
    await harness.admin.run('updateSettings', settings, 'settings { lockVersion }');
    await harness.admin.mutate('testMail', { to: 'it@sparrow.example' });
    const query = 'query($id: ID!) { customer(id: $id) { addressRefusal { answer } } }';
    const refused = async () => (await harness.admin.query<{ customer: object }>(query, { id: customerId })).customer;
    expect(await refused()).toEqual({ addressRefusal: { answer: expect.stringContaining('5.1.1 (address) is unknown') } });
    expect(await read(harness.nobody, linkOf('it@sparrow.example'))).toMatchObject({ refusal: {} });
    const support = await harness.makeUser('SUPPORT');
    expect(await support.run('clearAddressRefusal', { customerId }, 'address')).toMatchObject({ address: 'it@sparrow.example' });
    expect(await refused()).toEqual({ addressRefusal: null });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toSqlInstant } from '../../../database/instants.js';
import { newEventId } from '../../../kernel/ids.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeCustomer, makeLicense, makePublished } from '../../../testing/make.js';

/** More than are read at a time. */
const MANY = 1_300;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the export of a log on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;
  beforeAll(async () => {
    harness = await start();
    const release = await makePublished(harness);
    productId = release.productId;
    const { id: customerId } = await makeCustomer(harness.admin, {
      name: '=HYPERLINK("http://evil.example")',
      email: 'it@sparrow.example',
    });
    const license = await makeLicense(harness, { productId, customerId });
    await license.client.fetch(`/d/${release.file.id}/${release.file.fileName}`);
    const at = harness.clock.now();
    await harness.database.transaction(async (tx) => {
      for (let index = 0; index < MANY; index += 1)
        await tx.execute(
          `INSERT INTO refusal (id, at, code, message, status, operation, product_id, request_id) VALUES (?, ?, 'UPDATES_EXPIRED', 'No.', 403, 'GET /', ?, ?)`,
          [newEventId(at), toSqlInstant(at), productId, `request-${index}`],
        );
    });
  });
  afterAll(() => harness.close());

  it('has all of what is filtered as CSV, newest first, however much it is', async () => {
    const answer = await harness.admin.fetch(`/api/v1/logs/refusals.csv?productId=${productId}`);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="refusals.csv"');
    const [head, ...lines] = (await answer.text()).trimEnd().split('\r\n');
    expect(head).toMatch(/^at,code,message,status,operation,product,version,file,customer,email,/);
    expect(lines).toHaveLength(MANY);
    expect(lines[0]).toContain(`request-${MANY - 1}`);
    expect(new Set(lines).size).toBe(MANY);
  });

  it('has them as JSON, and nothing as an empty list', async () => {
    const lines = (await (await harness.admin.fetch(`/api/v1/logs/refusals.json?code=UPDATES_EXPIRED`)).json()) as object[];
    expect(lines).toHaveLength(MANY);
    expect(lines[0]).toMatchObject({ code: 'UPDATES_EXPIRED', status: 403, requestId: `request-${MANY - 1}` });
    expect(await (await harness.admin.fetch('/api/v1/logs/refusals.json?code=NOTHING')).json()).toEqual([]);
  });

  it('lets no name become a formula', async () => {
    const text = await (await harness.admin.fetch('/api/v1/logs/downloads.csv?search=it@sparrow.example')).text();
    expect(text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(text.trimEnd().split('\r\n')).toHaveLength(2);
  });

  it('has the audit trail with what is known of people, by action and subject', async () => {
    const ask = async (query: string): Promise<readonly Record<string, string>[]> =>
      (await (await harness.admin.fetch(`/api/v1/logs/audit.json?${query}`)).json()) as Record<string, string>[];
    const [created] = await ask('actions=CUSTOMER_CREATE&search=it@sparrow.example');
    expect(created).toMatchObject({
      action: 'customer.create',
      address: '127.0.0.1',
      after: expect.stringContaining('it@sparrow.example'),
    });
    const about = await ask(`subjectType=customer&subjectId=${created?.['subjectId']}`);
    expect(about.map((line) => line['action'])).toEqual(['customer.create']);
  });

  it.each([
    ['nothing.csv', 404],
    ['refusals.xml', 404],
    ['refusals.csv?since=yesterday', 400],
    ['downloads.csv?source=PIGEON', 400],
    ['audit.csv?actions=FLY', 400],
    ['store.csv?kind=A&kind=B', 400],
  ])('%s is refused with %i', async (path, status) => {
    expect((await harness.admin.fetch(`/api/v1/logs/${path}`)).status).toBe(status);
  });
});

import { createHmac } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../free-port.js';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeProduct, makeToken } from '../make.js';

const recipes = fileURLToPath(new URL('../../../../../docs/recipes/', import.meta.url));
const SECRET = 'a-secret-of-the-shop';

interface Receiver {
  readonly process: ChildProcess;
  readonly url: string;
}

/** A receiver as the page says to start it, once it listens. */
async function startReceiver(file: string, environment: Record<string, string>): Promise<Receiver> {
  const port = await freePort();
  const child = spawn(process.execPath, [`${recipes}${file}`], {
    env: { ...environment, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}.`)));
  });
  return { process: child, url: `http://127.0.0.1:${port}/` };
}

/** Paddle's API, as far as the receiver asks it. */
async function startPaddle(): Promise<{ server: Server; url: string }> {
  const port = await freePort();
  const server = createServer((_request, response) =>
    response.end(JSON.stringify({ data: { email: 'paddle@shop.example', name: 'Pat' } })),
  );
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${port}` };
}

const now = (): number => Math.floor(Date.now() / 1_000);
const mac = (text: string): string => createHmac('sha256', SECRET).update(text).digest('hex');
const stripeSignature = (body: string, at = now()): string => `t=${at},v1=${mac(`${at}.${body}`)}`;
const paddleSignature = (body: string, at = now()): string => `ts=${at};h1=${mac(`${at}:${body}`)}`;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the receivers for shops on $name', ({ start }) => {
  let harness: Harness;
  let slug: string;
  let stripe: Receiver;
  let paddle: Receiver;
  let paddleApi: Server;
  beforeAll(async () => {
    harness = await start();
    slug = `aurora-${Date.now()}`;
    await makeProduct(harness.admin, { slug });
    const token = await makeToken(harness.admin, { scopes: ['license:read', 'license:write'] });
    const slipway = { SLIPWAY_URL: harness.baseUrl, SLIPWAY_TOKEN: token.headers['authorization']?.slice('Bearer '.length) ?? '' };
    const api = await startPaddle();
    paddleApi = api.server;
    stripe = await startReceiver('stripe-webhook.mjs', { ...slipway, STRIPE_WEBHOOK_SECRET: SECRET });
    paddle = await startReceiver('paddle-webhook.mjs', {
      ...slipway,
      PADDLE_WEBHOOK_SECRET: SECRET,
      PADDLE_API_KEY: 'k',
      PADDLE_API_URL: api.url,
    });
  });
  afterAll(async () => {
    for (const receiver of [stripe, paddle]) receiver.process.kill('SIGKILL');
    paddleApi.close();
    await harness.close();
  });

  const send = async (receiver: Receiver, header: Record<string, string>, body: string): Promise<number> =>
    (await fetch(receiver.url, { method: 'POST', headers: header, body })).status;
  const fromStripe = (type: string, object: object): Promise<number> => {
    const body = JSON.stringify({ type, data: { object } });
    return send(stripe, { 'stripe-signature': stripeSignature(body) }, body);
  };
  const fromPaddle = (type: string, data: object): Promise<number> => {
    const body = JSON.stringify({ event_type: type, data });
    return send(paddle, { 'paddle-signature': paddleSignature(body) }, body);
  };
  const licenseOf = async (reference: string): Promise<unknown> => {
    const query = 'query($r: String) { licenses(externalReference: $r) { nodes { status expiresAt customerReason customer { email } } } }';
    return (await harness.admin.query<{ licenses: { nodes: unknown[] } }>(query, { r: reference })).licenses.nodes;
  };

  it('of Stripe: a subscription is sold, renewed, suspended when a payment fails, and back when it is paid', async () => {
    const invoice = (end: number) => ({
      customer_email: 'stripe@shop.example',
      customer_name: 'Sam',
      parent: { subscription_details: { subscription: 'sub_1', metadata: { slipway_product: slug } } },
      lines: { data: [{ period: { end } }] },
    });
    expect(await fromStripe('invoice.paid', invoice(1_800_000_000))).toBe(200);
    expect(await licenseOf('sub_1')).toMatchObject([
      { status: 'ACTIVE', expiresAt: '2027-01-15T08:00:00.000Z', customer: { email: 'stripe@shop.example' } },
    ]);
    expect(await fromStripe('invoice.payment_failed', invoice(0))).toBe(200);
    expect(await licenseOf('sub_1')).toMatchObject([{ status: 'SUSPENDED', customerReason: 'payment failed' }]);
    expect(await fromStripe('invoice.paid', invoice(1_831_536_000))).toBe(200);
    expect(await licenseOf('sub_1')).toMatchObject([{ status: 'ACTIVE', expiresAt: '2028-01-15T08:00:00.000Z' }]);
    expect(await fromStripe('customer.subscription.deleted', { id: 'sub_1' })).toBe(200);
    expect(await licenseOf('sub_1')).toMatchObject([{ status: 'SUSPENDED', customerReason: 'subscription ended' }]);
  });

  it('of Stripe: what is bought once is revoked after a refund', async () => {
    const session = { mode: 'payment', payment_status: 'paid', payment_intent: 'pi_1', metadata: { slipway_product: slug } };
    const customer = { customer_details: { email: 'once@shop.example', name: 'Olu' } };
    for (let repetition = 0; repetition < 2; repetition += 1)
      expect(await fromStripe('checkout.session.completed', { ...session, ...customer })).toBe(200);
    expect(await licenseOf('pi_1')).toMatchObject([{ status: 'ACTIVE', expiresAt: null }]);
    expect(await fromStripe('charge.refunded', { refunded: true, payment_intent: 'pi_1' })).toBe(200);
    expect(await licenseOf('pi_1')).toMatchObject([{ status: 'REVOKED', customerReason: 'refunded' }]);
    expect(await fromStripe('charge.refunded', { refunded: true, payment_intent: 'pi_1' })).toBe(200);
  });

  it('of Paddle: a subscription is sold, suspended, renewed and refunded', async () => {
    const transaction = (end: string) => ({
      id: 'txn_1',
      subscription_id: 'sub_2',
      customer_id: 'ctm_1',
      custom_data: { slipway_product: slug },
      billing_period: { ends_at: end },
    });
    expect(await fromPaddle('transaction.completed', transaction('2027-02-01T00:00:00.123456Z'))).toBe(200);
    expect(await licenseOf('sub_2')).toMatchObject([
      { status: 'ACTIVE', expiresAt: '2027-02-01T00:00:00.123Z', customer: { email: 'paddle@shop.example' } },
    ]);
    expect(await fromPaddle('subscription.past_due', { id: 'sub_2' })).toBe(200);
    expect(await licenseOf('sub_2')).toMatchObject([{ status: 'SUSPENDED' }]);
    expect(await fromPaddle('transaction.completed', transaction('2028-02-01T00:00:00Z'))).toBe(200);
    expect(await licenseOf('sub_2')).toMatchObject([{ status: 'ACTIVE' }]);
    const refund = { action: 'refund', type: 'full', status: 'approved', transaction_id: 'txn_1', subscription_id: 'sub_2' };
    expect(await fromPaddle('adjustment.updated', refund)).toBe(200);
    expect(await licenseOf('sub_2')).toMatchObject([{ status: 'REVOKED' }]);
  });

  it('do nothing without a signature, with one of another body, and with an old one; what fails is sent again', async () => {
    const body = JSON.stringify({ type: 'charge.refunded', data: { object: { refunded: true, payment_intent: 'pi_1' } } });
    const old = now() - 600;
    for (const signature of ['', stripeSignature(`${body} `), stripeSignature(body, old), `t=${now()},v1=00`])
      expect(await send(stripe, { 'stripe-signature': signature }, body)).toBe(400);
    for (const signature of ['', paddleSignature(`${body} `), paddleSignature(body, old)])
      expect(await send(paddle, { 'paddle-signature': signature }, body)).toBe(400);
    const lost = { mode: 'payment', payment_status: 'paid', payment_intent: 'pi_2', metadata: { slipway_product: 'no-such-product' } };
    expect(await fromStripe('checkout.session.completed', { ...lost, customer_details: { email: 'a@shop.example', name: 'A' } })).toBe(500);
    expect(await fromStripe('some.other.event', {})).toBe(200);
  });
});

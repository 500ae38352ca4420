// Receives Paddle's webhooks and keeps licenses in step: node paddle-webhook.mjs (Node 20 or later, nothing to install).
// SLIPWAY_URL, SLIPWAY_TOKEN (license:read and license:write), PADDLE_WEBHOOK_SECRET (pdl_ntfset_...), PADDLE_API_KEY
// (customer.read), PADDLE_API_URL (https://api.paddle.com), PORT (4243).
// Put slipway_product (the product's slug) into the custom data of the checkout.
// Send these events here: transaction.completed, subscription.past_due, subscription.canceled, adjustment.updated.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const {
  SLIPWAY_URL,
  SLIPWAY_TOKEN,
  PADDLE_WEBHOOK_SECRET,
  PADDLE_API_KEY,
  PADDLE_API_URL = 'https://api.paddle.com',
  PORT = '4243',
} = process.env;
for (const name of ['SLIPWAY_URL', 'SLIPWAY_TOKEN', 'PADDLE_WEBHOOK_SECRET', 'PADDLE_API_KEY'])
  if (!process.env[name]) throw new Error(`${name} is missing.`);
const TOLERANCE_SECONDS = 300;

/** https://developer.paddle.com/webhooks/signature-verification */
function isSigned(header, body) {
  const parts = String(header ?? '')
    .split(';')
    .map((part) => part.split('='));
  const time = parts.find(([name]) => name === 'ts')?.[1] ?? '';
  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= TOLERANCE_SECONDS)) return false;
  const expected = createHmac('sha256', PADDLE_WEBHOOK_SECRET).update(`${time}:`).update(body).digest();
  return parts.some(([name, value = '']) => {
    const given = Buffer.from(value, 'hex');
    return name === 'h1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** Asks Slipway. A failure is thrown: Paddle sends the event again. */
async function ask(query, variables) {
  const headers = { authorization: `Bearer ${SLIPWAY_TOKEN}`, 'content-type': 'application/json' };
  const reply = await fetch(`${SLIPWAY_URL}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await reply.json();
  const refusals = [...(errors ?? []), ...Object.values(data ?? {}).flatMap((payload) => payload?.userErrors ?? [])];
  if (refusals.length > 0) throw new Error(refusals.map(({ message }) => message).join(' '));
  return data;
}

const provision = (input) =>
  ask('mutation($i: ProvisionLicenseInput!) { provisionLicense(input: $i) { license { id } userErrors { message } } }', { i: input });

/** Suspends or revokes what was sold under a reference. */
async function change(mutation, externalReference, customerReason) {
  const found = await ask('query($r: String) { licenses(externalReference: $r, first: 100) { nodes { id status } } }', {
    r: externalReference,
  });
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  for (const { id, status } of found.licenses.nodes)
    if (status !== 'REVOKED')
      await ask(`mutation($i: ${type}!) { ${mutation}(input: $i) { userErrors { message } } }`, { i: { id, customerReason } });
}

/** Transactions name the customer by an ID only. */
async function customerOf(id) {
  const reply = await fetch(`${PADDLE_API_URL}/customers/${id}`, { headers: { authorization: `Bearer ${PADDLE_API_KEY}` } });
  if (!reply.ok) throw new Error(`Paddle answered ${reply.status} for customer ${id}.`);
  return (await reply.json()).data;
}

/** What a license is known by: the subscription, or the transaction of what is bought once. */
const referenceOf = ({ subscription_id: subscriptionId, id }) => subscriptionId ?? id;

const HANDLERS = {
  'transaction.completed': async (transaction) => {
    const productSlug = transaction.custom_data?.slipway_product;
    if (!productSlug) return;
    const { email, name } = await customerOf(transaction.customer_id);
    const end = transaction.billing_period?.ends_at;
    const terms = end ? { expiresAt: new Date(end).toISOString(), reinstate: true } : {};
    await provision({ email, name, productSlug, externalReference: referenceOf(transaction), ...terms });
  },
  'subscription.past_due': ({ id }) => change('suspendLicense', id, 'payment failed'),
  'subscription.canceled': ({ id }) => change('suspendLicense', id, 'subscription ended'),
  'adjustment.updated': (adjustment) =>
    adjustment.action === 'refund' &&
    adjustment.type !== 'partial' &&
    adjustment.status === 'approved' &&
    change('revokeLicense', adjustment.subscription_id ?? adjustment.transaction_id, 'refunded'),
};

async function receive(request, response) {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (!isSigned(request.headers['paddle-signature'], body)) return response.writeHead(400).end('The signature is not valid.\n');
    const { event_type: type, data } = JSON.parse(body.toString('utf8'));
    await HANDLERS[type]?.(data);
    return response.writeHead(200).end('Done.\n');
  } catch (error) {
    process.stderr.write(`${error.stack}\n`);
    return response.writeHead(500).end('Send it again.\n');
  }
}

createServer((request, response) => void receive(request, response)).listen(Number(PORT), () =>
  process.stdout.write(`Listening on port ${PORT}.\n`),
);

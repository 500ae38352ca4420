// Receives Stripe's webhooks and keeps licenses in step: node stripe-webhook.mjs (Node 20 or later, nothing to install).
// SLIPWAY_URL, SLIPWAY_TOKEN (license:read and license:write), STRIPE_WEBHOOK_SECRET (whsec_...), PORT (4242).
// Put slipway_product (the product's slug) into the metadata of the checkout session, and of its subscription if it has one.
// Send these events here: checkout.session.completed, invoice.paid, invoice.payment_failed, customer.subscription.deleted, charge.refunded.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { SLIPWAY_URL, SLIPWAY_TOKEN, STRIPE_WEBHOOK_SECRET, PORT = '4242' } = process.env;
for (const name of ['SLIPWAY_URL', 'SLIPWAY_TOKEN', 'STRIPE_WEBHOOK_SECRET'])
  if (!process.env[name]) throw new Error(`${name} is missing.`);
const TOLERANCE_SECONDS = 300;

/** https://docs.stripe.com/webhooks#verify-manually */
function isSigned(header, body) {
  const parts = String(header ?? '')
    .split(',')
    .map((part) => part.split('='));
  const time = parts.find(([name]) => name === 't')?.[1] ?? '';
  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= TOLERANCE_SECONDS)) return false;
  const expected = createHmac('sha256', STRIPE_WEBHOOK_SECRET).update(`${time}.`).update(body).digest();
  return parts.some(([name, value = '']) => {
    const given = Buffer.from(value, 'hex');
    return name === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** Asks Slipway. A failure is thrown: Stripe sends the event again. */
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

/** Where an invoice names its subscription: older versions of Stripe's API have it in the invoice itself. */
const subscriptionOf = (invoice) => ({
  id: invoice.parent?.subscription_details?.subscription ?? invoice.subscription,
  product: (invoice.parent?.subscription_details ?? invoice.subscription_details)?.metadata?.slipway_product,
});

const HANDLERS = {
  // Bought once. What is bought as a subscription comes with its first invoice.
  'checkout.session.completed': (session) =>
    session.mode === 'payment' &&
    session.payment_status === 'paid' &&
    provision({
      email: session.customer_details.email,
      name: session.customer_details.name,
      productSlug: session.metadata.slipway_product,
      externalReference: session.payment_intent,
    }),
  'invoice.paid': (invoice) => {
    const { id, product } = subscriptionOf(invoice);
    if (!id || !product) return undefined;
    const end = Math.max(...invoice.lines.data.map(({ period }) => period.end));
    const terms = { expiresAt: new Date(end * 1000).toISOString(), reinstate: true };
    return provision({ email: invoice.customer_email, name: invoice.customer_name, productSlug: product, externalReference: id, ...terms });
  },
  'invoice.payment_failed': (invoice) => {
    const { id } = subscriptionOf(invoice);
    return id && change('suspendLicense', id, 'payment failed');
  },
  'customer.subscription.deleted': ({ id }) => change('suspendLicense', id, 'subscription ended'),
  'charge.refunded': ({ refunded, payment_intent: reference }) => refunded && reference && change('revokeLicense', reference, 'refunded'),
};

async function receive(request, response) {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (!isSigned(request.headers['stripe-signature'], body)) return response.writeHead(400).end('The signature is not valid.\n');
    const { type, data } = JSON.parse(body.toString('utf8'));
    await HANDLERS[type]?.(data.object);
    return response.writeHead(200).end('Done.\n');
  } catch (error) {
    process.stderr.write(`${error.stack}\n`);
    return response.writeHead(500).end('Send it again.\n');
  }
}

createServer((request, response) => void receive(request, response)).listen(Number(PORT), () =>
  process.stdout.write(`Listening on port ${PORT}.\n`),
);

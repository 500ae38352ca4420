import { createHash, randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'vitest';
import { Client } from '../client.js';
import { curl, makeLocalFile } from '../curl.js';
import { freePort } from '../free-port.js';
import { makeDraft, makeFile, makeToken } from '../make.js';
import { ServerProcess } from '../server-process.js';
import { SERVER_PLACES, signInFirstAdmin, type ServerPlace } from './places.js';
import { RoundRobin } from './round-robin.js';

/** PROMISES.md, row 28: transfers of 20 s are not hurt by a restart. */
const SECONDS = 20;
const BYTES_PER_SECOND = 400_000;
const FASTER = 4 * BYTES_PER_SECOND;
const SCOPES = ['release:read', 'release:write'];
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** What transfers of a test need: a token, and a file to send. */
interface Sender {
  readonly baseUrl: string;
  readonly admin: Client;
  readonly authorization: string;
  readonly bytes: Buffer;
  readonly path: string;
}

async function makeSender(admin: Client, baseUrl: string): Promise<Sender & { drop(): Promise<void> }> {
  const bytes = randomBytes(SECONDS * BYTES_PER_SECOND);
  const local = await makeLocalFile(bytes, 'app.exe');
  const token = await makeToken(admin, { scopes: SCOPES });
  return { baseUrl, admin, bytes, path: local.path, authorization: token.headers['authorization'] ?? '', drop: local.drop };
}

const authorized = ({ authorization }: Sender): string[] => ['-H', `Authorization: ${authorization}`];

/** An upload that takes as long as the limit of speed wants. @returns the status, and the digest that the server computed */
async function sendSlowly(sender: Sender, speed = BYTES_PER_SECOND): Promise<object> {
  const draft = await makeDraft(sender.admin);
  const url = `${sender.baseUrl}/api/v1/downloadables/${draft.id}/files/app.exe`;
  const reply = await curl(['-T', sender.path, '--limit-rate', String(speed), ...authorized(sender), url]);
  const answer = JSON.parse(reply.body || '{}') as { sha256?: string };
  return { status: reply.status, sha256: answer.sha256 };
}

/** A download by permalink, over the signed URL, at a limited speed. */
interface SlowDownload {
  /** The status, and the digest of what arrived. */
  readonly outcome: Promise<object>;
  /** Once its first bytes have arrived. */
  untilBegun(): Promise<void>;
}

async function fetchSlowly(sender: Sender, file: { id: string; fileName: string }, speed = BYTES_PER_SECOND): Promise<SlowDownload> {
  const target = await makeLocalFile(Buffer.from(''), 'got.bin');
  const url = `${sender.baseUrl}/d/${file.id}/${file.fileName}`;
  const fetched = async (): Promise<object> => {
    const reply = await curl(['-L', '-N', '-o', target.path, '--limit-rate', String(speed), ...authorized(sender), url]);
    const got = await readFile(target.path);
    await target.drop();
    return { status: reply.status, sha256: sha256(got) };
  };
  const untilBegun = async (): Promise<void> => {
    while ((await stat(target.path)).size === 0) await delay(20);
  };
  return { outcome: fetched(), untilBegun };
}

const start = async (place: ServerPlace, port?: number): Promise<ServerProcess> => {
  const baseUrl = `http://127.0.0.1:${port ?? (await freePort())}`;
  const server = new ServerProcess(baseUrl, { ...place.environment, STOP_DRAIN_SECONDS: port === undefined ? '0' : '5' });
  await server.start();
  return server;
};

// Most of their time is waiting for slow transfers: they run beside each other.
describe.each(SERVER_PLACES)('a server that is stopped, on $name', { concurrent: true }, ({ make }) => {
  it(`finishes an upload and a download of ${SECONDS} s, takes nothing new, and ends well`, async ({ expect }) => {
    const place = await make();
    const server = await start(place);
    const admin = await signInFirstAdmin(server);
    const door = new RoundRobin([Number(new URL(server.baseUrl).port)]);
    const sender = await makeSender(admin, await door.open());
    const kept = await makeFile({ admin }, (await makeDraft(admin)).id, { bytes: sender.bytes });
    const upload = sendSlowly(sender);
    await door.untilAnswered(1);
    const download = await fetchSlowly(sender, kept);
    await download.untilBegun();
    const ended = server.kill('SIGTERM');
    const knock = () =>
      fetch(`${server.baseUrl}/healthz`, { headers: { connection: 'close' } }).then(
        ({ status }) => status,
        () => 'closed',
      );
    await expect.poll(knock, { message: 'a new connection', timeout: 60_000 }).toBe('closed');
    expect(await Promise.all([upload, download.outcome])).toEqual([
      { status: 201, sha256: sha256(sender.bytes) },
      { status: 200, sha256: sha256(sender.bytes) },
    ]);
    expect(await ended).toBe(0);
    expect(server.output).not.toContain('was cut');
    await door.close();
    await sender.drop();
    await place.drop();
  });

  it('cuts what is not done when its time is over, says so in one line, and ends well', async ({ expect }) => {
    const place = await make();
    const server = new ServerProcess(`http://127.0.0.1:${await freePort()}`, {
      ...place.environment,
      STOP_GRACE_SECONDS: '1',
      LOG_LEVEL: 'warn',
    });
    await server.start();
    const door = new RoundRobin([Number(new URL(server.baseUrl).port)]);
    const sender = await makeSender(await signInFirstAdmin(server), await door.open());
    const cut = sendSlowly(sender).catch(() => null);
    await door.untilAnswered(1);
    expect(await server.kill('SIGTERM')).toBe(0);
    await cut;
    expect(server.output.match(/"requestsCut":1,.*was cut/g)).toHaveLength(1);
    await door.close();
    await sender.drop();
    await place.drop();
  });
});

const replicated = SERVER_PLACES.find((place) => place.name.startsWith('MariaDB'));

describe.skipIf(replicated === undefined)('two replicas on MariaDB and S3 behind a balancer', { concurrent: true }, () => {
  it('are restarted one after the other under load, and no transfer fails', async ({ expect }) => {
    if (!replicated) throw new Error('No MariaDB and S3 were given to the tests.');
    const place = await replicated.make();
    const ports = [await freePort(), await freePort()];
    const balancer = new RoundRobin(ports);
    const baseUrl = await balancer.open();
    const servers = [await start(place, ports[0]), await start(place, ports[1])];
    const [first] = servers as [ServerProcess, ServerProcess];
    const client = await signInFirstAdmin(first);
    const admin = first.client(client.headers);
    const sender = await makeSender(admin, baseUrl);
    const kept = await makeFile({ admin }, (await makeDraft(admin)).id, { bytes: sender.bytes });
    const behind = { ...sender, admin: new Client(baseUrl, { ...client.headers, connection: 'close' }) };
    const outcomes: object[] = [];
    const over = new AbortController();
    const load = Array.from({ length: 4 }, async (_, index) => {
      while (!over.signal.aborted) {
        const transfer = index % 2 === 0 ? sendSlowly(behind, FASTER) : fetchSlowly(behind, kept, FASTER).then(({ outcome }) => outcome);
        outcomes.push(await transfer.catch((error: unknown) => ({ error: String(error) })));
      }
    });
    const download = await fetchSlowly(behind, kept);
    const long = [sendSlowly(behind), download.outcome];
    await download.untilBegun();
    for (const [index, server] of servers.entries()) {
      const ended = server.kill('SIGTERM');
      await balancer.untilResting(ports[index] ?? 0);
      expect(await ended).toBe(0);
      await server.start();
      balancer.wake(ports[index] ?? 0);
    }
    over.abort();
    outcomes.push(...(await Promise.all(long)));
    await Promise.all(load);
    const digest = sha256(sender.bytes);
    const good = outcomes.filter((outcome) => JSON.stringify(outcome).includes(digest));
    expect(outcomes.filter((outcome) => !good.includes(outcome))).toEqual([]);
    expect(good.length).toBeGreaterThanOrEqual(4);
    await balancer.close();
    for (const server of servers) await server.kill('SIGTERM');
    await sender.drop();
    await place.drop();
  });
});

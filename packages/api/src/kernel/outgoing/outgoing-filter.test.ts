import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kindOfAddress, type AddressKind } from './address-ranges.js';
import { OutgoingFilter, OutgoingRefused } from './outgoing-filter.js';
import { sendOutgoing } from './outgoing-request.js';

describe('an address', () => {
  it.each<[string, AddressKind]>([
    ['8.8.8.8', 'PUBLIC'],
    ['2606:4700::1111', 'PUBLIC'],
    ['127.0.0.1', 'PRIVATE'],
    ['0.0.0.0', 'PRIVATE'],
    ['10.255.255.255', 'PRIVATE'],
    ['100.64.0.1', 'PRIVATE'],
    ['172.31.0.1', 'PRIVATE'],
    ['172.32.0.1', 'PUBLIC'],
    ['192.168.1.1', 'PRIVATE'],
    ['255.255.255.255', 'PRIVATE'],
    ['::', 'PRIVATE'],
    ['::1', 'PRIVATE'],
    ['fd12:3456::1', 'PRIVATE'],
    ['::ffff:127.0.0.1', 'PRIVATE'],
    ['::ffff:8.8.8.8', 'PUBLIC'],
    ['64:ff9b::10.0.0.1', 'PRIVATE'],
    ['2002:7f00:1::', 'PRIVATE'],
    ['64:ff9b:1::a00:1', 'PRIVATE'],
    ['::7f00:1', 'PRIVATE'],
    ['169.254.169.254', 'METADATA'],
    ['::ffff:169.254.169.254', 'METADATA'],
    ['64:ff9b::a9fe:a9fe', 'METADATA'],
    ['fe80::1', 'METADATA'],
    ['fd00:ec2::254', 'METADATA'],
    ['100.100.100.200', 'METADATA'],
    ['not an address', 'PRIVATE'],
  ])('%s is %s', (address, kind) => {
    expect(kindOfAddress(address)).toBe(kind);
  });
});

describe('requests to what a setting names', () => {
  let server: Server;
  let port = 0;
  let hits = 0;
  beforeAll(async () => {
    server = createServer((_, answer) => {
      hits += 1;
      answer.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    port = (server.address() as AddressInfo).port; // listening on TCP
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const ask = (host: string, filter: OutgoingFilter) =>
    sendOutgoing({ method: 'GET', url: `http://${host}:${port}/`, filter, milliseconds: 2_000 });
  /** Every spelling of this machine that the URL of a client or a resolver may lead back to it. */
  const SPELLINGS = ['127.0.0.1', 'localhost', '127.1', '2130706433', '0x7f.1', '0177.0.0.1', '0', '[::1]', '[::]', '[::ffff:127.0.0.1]'];

  it.each(SPELLINGS)('never reach this machine by %s, and say what opens it', async (host) => {
    const before = hits;
    await expect(ask(host, new OutgoingFilter([]))).rejects.toThrow(OutgoingRefused);
    await expect(ask(host, new OutgoingFilter([]))).rejects.toThrow(/set ALLOWED_PRIVATE_HOSTS to \S+ and restart Slipway\.$/);
    expect(hits).toBe(before);
  });

  it.each([['localhost'], ['127.0.0.0/8'], ['127.0.0.1']])('reach it once %s is allowed', async (entry) => {
    expect((await ask(entry === 'localhost' ? 'localhost' : '127.0.0.1', new OutgoingFilter([entry, '::1']))).status).toBe(302);
  });

  it('follow no redirect, and reach it where the environment gave the address', async () => {
    const before = hits;
    expect(await ask('127.0.0.1', new OutgoingFilter('ANY'))).toMatchObject({ status: 302, tls: null });
    expect(hits).toBe(before + 1);
  });

  it.each(['169.254.169.254', '[::ffff:a9fe:a9fe]'])('never reach %s, whatever is allowed', async (host) => {
    for (const allowed of ['ANY', ['169.254.0.0/16', '169.254.169.254', '::/0']] as const)
      await expect(ask(host, new OutgoingFilter(allowed))).rejects.toThrow('no setting may lead there');
  });

  it('hand on to the connection what was looked up and checked, whatever a name means a moment later', async () => {
    const seen: unknown[] = [];
    new OutgoingFilter(['localhost']).lookup('localhost', { all: true }, (_, found) => seen.push(found));
    await expect.poll(() => seen[0]).toContainEqual({ address: '127.0.0.1', family: 4 });
  });
});

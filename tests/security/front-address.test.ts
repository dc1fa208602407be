import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT_ADDRESS, clientAddress } from '@/server/front/client-address';
import { createFront } from '@/server/front/front';
import { hasUnreadProxy, noteUnreadProxy } from '@/server/platform/unread-proxy';
import { withDatabase } from '../integration/database';

withDatabase(); // its settings: the log wants some

let server: Server = createServer();
let handled: { headers: IncomingMessage['headers'] }[] = [];
beforeAll(async () => {
  server = createFront(
    (incoming, response) => {
      handled.push({ headers: incoming.headers });
      response.end();
    },
    { proxies: 0, secure: false },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const send = (headers: Record<string, string>) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/s/x/seen`, { method: 'POST', headers });

describe('who asks', () => {
  it('is the socket, whatever the request says of itself', async () => {
    handled = [];
    const headers = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'evil.example',
      [CLIENT_ADDRESS]: '203.0.113.9',
    };
    await send(headers);
    expect(handled[0]?.headers).toMatchObject({ [CLIENT_ADDRESS]: '127.0.0.1', 'x-forwarded-for': '127.0.0.1' });
    expect(handled[0]?.headers).not.toHaveProperty('x-forwarded-host');
  });

  it.each([
    ['x-forwarded-for', '203.0.113.9'],
    ['forwarded', 'for=203.0.113.9'],
  ])('is warned of where a proxy stands in front that nobody counted: %s', async (name, value) => {
    const kept = globalThis as { portalUnreadProxy?: boolean };
    delete kept.portalUnreadProxy;
    await send({});
    expect(hasUnreadProxy()).toBe(false);
    noteUnreadProxy('203.0.113.1'); // a stranger, who may write what he likes
    expect(hasUnreadProxy()).toBe(false);
    handled = [];
    await send({ [name]: value });
    expect(hasUnreadProxy()).toBe(true);
    expect(handled[0]?.headers).toMatchObject({ [CLIENT_ADDRESS]: '127.0.0.1' });
  });

  it.each(['10.1.2.3', '172.16.0.9', '192.168.1.1', '::1', '::ffff:10.0.0.1', 'fd00::5', 'fe80::1%eth0'])(
    'may stand behind a proxy at %s',
    (peer) => {
      delete (globalThis as { portalUnreadProxy?: boolean }).portalUnreadProxy;
      noteUnreadProxy(peer);
      expect(hasUnreadProxy()).toBe(true);
    },
  );

  it.each([
    ['no proxy of ours: the list is not read', '10.0.0.7', '1.1.1.1, 2.2.2.2', 0, '10.0.0.7'],
    ['one proxy: its own entry, the last', '10.0.0.7', '1.1.1.1, 2.2.2.2', 1, '2.2.2.2'],
    ['two proxies: the second from the right', '10.0.0.7', '9.9.9.9, 1.1.1.1, 2.2.2.2', 2, '1.1.1.1'],
    ['a list that our proxies did not write', '10.0.0.7', '2.2.2.2', 2, '10.0.0.7'],
    ['no list', '10.0.0.7', undefined, 1, '10.0.0.7'],
    ['IPv4 in IPv6', '::ffff:10.0.0.7', undefined, 0, '10.0.0.7'],
    ['an IPv6 network is one caller', '2001:db8:1:2:aaaa::1', undefined, 0, '2001:db8:1:2::/64'],
    ['however it is written', '2001:0db8:0001:0002::9', undefined, 0, '2001:db8:1:2::/64'],
    ['a short one', '::1', undefined, 0, '0:0:0:0::/64'],
  ])('%s', (_, socket, forwarded, proxies, expected) => {
    expect(clientAddress(socket, forwarded, proxies)).toBe(expected);
  });
});

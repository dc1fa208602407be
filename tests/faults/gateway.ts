import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the gateway does with a text: lets it pass, never answers it, or sends it and never answers. */
type Manner = 'pass' | 'silent' | 'sent-silent';

/** An SMS gateway as the portal knows one: it takes `POST {to, text}`, and drops what has the key of a text it has sent. */
export async function startGateway() {
  const manners = new Map<string, Manner>();
  const came = new Set<string>();
  const sent = new Map<string, { to: string; text: string; asked: number }>();
  const take = async (request: IncomingMessage): Promise<boolean> => {
    const { to, text: words } = JSON.parse(await text(request)) as { to: string; text: string };
    const manner = manners.get(to) ?? 'pass';
    if (manner !== 'silent') {
      const key = String(request.headers['idempotency-key']);
      sent.set(key, { to, text: words, asked: (sent.get(key)?.asked ?? 0) + 1 });
    }
    came.add(to);
    return manner === 'pass';
  };
  const server = createServer((request, response) => {
    take(request).then(
      (answers) => answers && response.writeHead(202, { 'content-type': 'application/json' }).end('{"id":"g"}'),
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    /** How it takes the texts to a number from now on. */
    behave: (to: string, manner: Manner) => void manners.set(to, manner),
    /** Whether a text to this number has arrived. */
    hasCome: (to: string) => came.has(to),
    /** The texts that went to a number, and how often the portal asked for each. */
    sentTo: (to: string) => [...sent.values()].filter((one) => one.to === to),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

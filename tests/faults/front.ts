import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The first of the ports where somebody takes the connection, tried in their order. */
async function firstOf(ports: number[]): Promise<Socket | undefined> {
  for (const port of ports) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return socket;
    } catch {}
  }
  return undefined;
}

/** One address for several servers, as a balancer gives it: each connection goes to the next one that is alive. */
export async function frontOf(ports: number[]): Promise<{ port: number; close: () => Promise<void> }> {
  const open = new Set<Socket>();
  let turn = 0;
  const server = createServer(async (incoming) => {
    incoming.on('error', () => undefined);
    const at = turn++ % ports.length;
    const outgoing = await firstOf([...ports.slice(at), ...ports.slice(0, at)]);
    if (!outgoing) return incoming.destroy();
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      open.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

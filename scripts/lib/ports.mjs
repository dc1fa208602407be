import { createServer } from 'node:net';

function tryListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve({ error }));
    server.listen({ port, host, exclusive: true }, () => {
      const taken = server.address().port;
      server.close(() => resolve({ port: taken }));
    });
  });
}

/** Why a port cannot be listened on, as an error code, or null when it can. */
export async function whyTaken(port, host) {
  const { error } = await tryListen(port, host);
  return error?.code ?? null;
}

/**
 * Below the range from which systems take the ports of outgoing connections (Linux 32768, others 49152 and up): one of those could
 * take a port between its choice and its use.
 */
const CHOSEN_FROM = { first: 15_000, count: 17_000 };
const TRIES = 20;

/** The first of the preferred ports that is free on the loopback address, else any free one. */
export async function freePort(preferred = []) {
  for (const port of preferred.filter(Boolean)) {
    if (!(await whyTaken(port, '127.0.0.1'))) return port;
  }
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = CHOSEN_FROM.first + Math.floor(Math.random() * CHOSEN_FROM.count);
    if (!(await whyTaken(port, '127.0.0.1'))) return port;
  }
  return (await tryListen(0, '127.0.0.1')).port;
}

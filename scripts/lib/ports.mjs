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

/** The first of the preferred ports that is free on the loopback address, else any free one. */
export async function freePort(preferred = []) {
  for (const port of preferred.filter(Boolean)) {
    if (!(await whyTaken(port, '127.0.0.1'))) return port;
  }
  return (await tryListen(0, '127.0.0.1')).port;
}

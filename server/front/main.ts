import path from 'node:path';
import next from 'next';
import { databaseState } from '../platform/db/health';
import { wasLostLately } from '../platform/db/losses';
import { build, env, isWorkSigned, workKeys } from '../platform/env';
import { createBuiltFiles } from './built-files';
import { createDatabaseGate } from './database-gate';
import { createFront, type Handle } from './front';
import { workTaken } from './signed-work';

/** The web process: the application behind its front. */
const { PORT, PUBLIC_URL, TRUST_PROXY, NODE_ENV, WORKER_PORT } = env();
let handle: Handle = (_, response) => response.writeHead(503).end();
const server = createFront((request, response) => handle(request, response), {
  proxies: TRUST_PROXY,
  secure: PUBLIC_URL.startsWith('https:'),
  origin: new URL(PUBLIC_URL).origin,
  ...(NODE_ENV === 'production' ? { files: createBuiltFiles(path.resolve(build.web, 'compressed')) } : {}),
  upgrades: NODE_ENV === 'development',
  gate: createDatabaseGate(databaseState, wasLostLately),
  takesWork: workTaken({ elsewhere: WORKER_PORT !== undefined, signed: isWorkSigned() }),
  workKeys: workKeys(),
});
const application = next({ dev: NODE_ENV !== 'production', httpServer: server, port: PORT, quiet: false });
await application.prepare();
handle = application.getRequestHandler();
server.listen(PORT);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 3000).unref();
  });
}

import { constants, setPriority } from 'node:os';
import { serve } from 'inngest/node';
import { inngest } from '@/inngest/client';
import { functions } from '@/inngest/functions';
import { startBackground } from '../background';
import { composePorts } from '../composition';
import { createFront } from '../front/front';
import { workTaken } from '../front/signed-work';
import { writeWitness } from '../platform/audit-witness';
import { env, isWorkSigned, WrongSettings } from '../platform/env';
import { answerMetrics } from '../platform/metrics';

/**
 * The background's own process: the functions behind their protocol, the relay and the sweeps. Work that waits for a second
 * harms nobody, a till that does delays a queue of people: so it shares no event loop and no memory with the web, and yields the
 * processors to it.
 */
function startWorker(): void {
  const { WORKER_PORT, INNGEST_SERVE_ORIGIN } = env();
  if (!WORKER_PORT) throw new WrongSettings('Wrong settings — WORKER_PORT: the worker needs a port');
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  composePorts();
  const run = serve({
    client: inngest,
    functions: functions.map(({ fn }) => fn),
    serveOrigin: INNGEST_SERVE_ORIGIN ?? `http://127.0.0.1:${WORKER_PORT}`,
    servePath: '/api/inngest',
    enableUnauthedSync: false,
  });
  const server = createFront(
    async (request, response) => {
      if (request.url?.startsWith('/api/inngest')) return run(request, response);
      if (request.url !== '/metrics') return response.writeHead(request.url === '/health/live' ? 200 : 404).end();
      const { status, type, text } = await answerMetrics(request.headers.authorization ?? '');
      response.writeHead(status, { 'content-type': type }).end(text);
    },
    { proxies: 0, secure: false, takesWork: workTaken({ elsewhere: false, signed: isWorkSigned() }) },
  );
  const background = startBackground();
  server.listen(WORKER_PORT, '127.0.0.1');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      // What runs has three seconds to come to its end; what does not is run again.
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 3000).unref();
      void Promise.all([closed, background.stop()])
        .then(writeWitness)
        .then(() => process.exit(0));
    });
  }
}

try {
  startWorker();
} catch (error) {
  if (!(error instanceof WrongSettings)) throw error;
  console.error(error.message);
  process.exit(1);
}

import { serve } from 'inngest/next';
import { inngest } from '@/inngest/client';
import { functions } from '@/inngest/functions';
import { env } from '@/server/platform/env';

type Handlers = ReturnType<typeof serve>;
let handlers: Handlers | undefined;

/**
 * Where background work reaches this process is a setting, never what a request says of itself: an unsigned PUT with a foreign
 * `Host` would else send all work to that host. Only signed requests register and run. Settings are read when the process runs.
 */
const served = (): Handlers => {
  handlers ??= serve({
    client: inngest,
    functions: functions.map(({ fn }) => fn),
    serveOrigin: env().INNGEST_SERVE_ORIGIN ?? env().PUBLIC_URL,
    servePath: '/api/inngest',
    enableUnauthedSync: false,
  });
  return handlers;
};

export const GET: Handlers['GET'] = (...given) => served().GET(...given);
export const POST: Handlers['POST'] = (...given) => served().POST(...given);
export const PUT: Handlers['PUT'] = (...given) => served().PUT(...given);

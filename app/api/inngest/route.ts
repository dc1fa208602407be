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

/** The SDK reads a body before it looks at its signature, and throws at what is no JSON: a stranger's words, which go into no log. */
async function readable(answer: Promise<Response>): Promise<Response> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SyntaxError) return new Response(null, { status: 400 });
    throw error;
  }
}

export const GET: Handlers['GET'] = (...given) => served().GET(...given);
export const POST: Handlers['POST'] = (...given) => readable(served().POST(...given));
export const PUT: Handlers['PUT'] = (...given) => readable(served().PUT(...given));

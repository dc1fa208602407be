import { createServer } from 'node:http';
import { serve } from 'inngest/node';
import { inngest } from '@/inngest/client';
import { functions } from '@/inngest/functions';
import { startBackground } from '@/server/background';
import { composePorts } from '@/server/composition';

/** What of a web process works in the background: the functions behind their protocol, and the relay. Killed, never stopped. */
composePorts();
const handler = serve({ client: inngest, functions: functions.map(({ fn }) => fn), servePath: '/api/inngest' });
createServer((request, response) => void handler(request, response)).listen(
  Number(process.env.WORKER_PORT),
  '127.0.0.1',
  () => {
    startBackground();
    process.stdout.write('listening\n');
  },
);

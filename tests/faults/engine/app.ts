import { createServer } from 'node:http';
import { serve } from 'inngest/node';
import { client, functions } from './functions';

/** The application under test in a process of its own: the functions behind their protocol. Killed, never stopped. */
const handler = serve({ client, functions, servePath: '/api/inngest' });
createServer((request, response) => void handler(request, response)).listen(
  Number(process.env.APP_PORT),
  '127.0.0.1',
  () => process.stdout.write('listening\n'),
);

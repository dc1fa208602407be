// The app beside the engine: functions of every measured shape, served by the official SDK, signed. It reports to its parent when
// a function began, and when one came to its end.
import { createServer } from 'node:http';
import { eventType, Inngest } from 'inngest';
import { serve } from 'inngest/node';
import { z } from 'zod';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const client = new Inngest({ id: 'bench', isDev: false, logger: silent });
const on = (event: string) => ({ triggers: [{ event }], retries: 0 as const });

/** Where the server's tables cannot be asked, this reports that a run has ended. */
const ended = () => void process.send?.({ ended: 1 });

const timed = eventType('bench/timed', { schema: z.object({ n: z.number() }) });

const functions = [
  client.createFunction({ id: 'timed', triggers: [timed], retries: 0 }, ({ event }) => {
    process.send?.({ n: event.data.n, at: performance.timeOrigin + performance.now() });
  }),
  client.createFunction({ id: 'no-op', ...on('bench/no-op') }, ended),
  client.createFunction({ id: 'three-steps', ...on('bench/three-steps') }, async ({ step }) => {
    for (const name of ['one', 'two', 'three']) await step.run(name, () => name);
    ended();
  }),
  client.createFunction({ id: 'four-parallel', ...on('bench/four-parallel') }, async ({ step }) => {
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => step.run(name, () => name)));
    ended();
  }),
  client.createFunction({ id: 'held', concurrency: 1, ...on('bench/held') }, async ({ step }) => {
    await step.run('hold', () => new Promise((resolve) => setTimeout(resolve, 30_000)));
  }),
];

const server = createServer(serve({ client, functions }));
server.listen(Number(process.env.APP_PORT), '127.0.0.1', () => process.send?.('listening'));
process.on('disconnect', () => process.exit(0));

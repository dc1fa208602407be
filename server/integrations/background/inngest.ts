import { z } from 'zod';
import { PortalError } from '@/server/platform/errors';
import type { BackgroundServer, ServerQueue } from './port';

const TIMEOUT_MS = 2_000;
/** Several screens that ask at once share one look at the queue. */
const QUEUE_CACHED_MS = 1_000;

/** Where the SDK finds its server, and the key that both know; read again each time, since the SDK resolves them late. */
export type ServerAddress = () => Promise<{ apiBaseUrl: string; signingKey: string | undefined }>;

const moment = z
  .string()
  .nullish()
  .transform((text) => (text ? new Date(text) : null));

const runAnswer = z.object({ data: z.object({ status: z.string(), ended_at: moment }) });

const queueAnswer = z.object({
  data: z.object({
    functions: z.array(
      z.object({
        slug: z.string(),
        ready: z.number(),
        waiting: z.number(),
        delayed: z.number(),
        leased: z.number(),
        oldest_at: moment,
      }),
    ),
    set_aside: z.array(z.object({ event_id: z.string(), name: z.string(), problem: z.string() })),
    apps: z.array(
      z.object({ name: z.string().nullable(), url: z.string(), synced_at: moment, problem: z.string().nullable() }),
    ),
  }),
});

const unavailable = (message: string, cause?: unknown) =>
  new PortalError('unavailable', 'background_unavailable', { message, cause });

/** Not there; or, by its form, no id or address of this server at all. */
const isUnknown = ({ status }: Response): boolean => status === 404 || status === 400;

/** Any Inngest server, by its REST API. `appId` is what the slugs of our functions begin with. */
export function createInngestServer(address: ServerAddress, appId: string): BackgroundServer {
  const ask = async (method: 'GET' | 'DELETE', path: string): Promise<Response> => {
    const { apiBaseUrl, signingKey } = await address();
    const headers: Record<string, string> = signingKey ? { authorization: `Bearer ${signingKey}` } : {};
    const options = { method, headers, signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' as const };
    const response = await fetch(new URL(path, apiBaseUrl), options).catch((cause: unknown) => {
      throw unavailable('background server not reached', cause);
    });
    if (response.ok || isUnknown(response)) return response;
    await response.body?.cancel();
    throw unavailable(`background server answered ${response.status}`);
  };
  const read = async <T>(response: Response, shape: z.ZodType<T>): Promise<T> => {
    const parsed = shape.safeParse(await response.json().catch(() => null));
    if (!parsed.success) throw unavailable('background server answered something else');
    return parsed.data;
  };
  const readQueue = async (): Promise<ServerQueue | 'unreported'> => {
    const response = await ask('GET', '/v1/queue');
    if (isUnknown(response)) {
      await response.body?.cancel();
      return 'unreported';
    }
    return asQueue((await read(response, queueAnswer)).data, appId);
  };
  let kept: { until: number; view: Promise<ServerQueue | 'unreported'> } | undefined;
  return {
    async findRun(runId) {
      const response = await ask('GET', `/v1/runs/${encodeURIComponent(runId)}`);
      if (isUnknown(response)) {
        await response.body?.cancel();
        return null;
      }
      const { status, ended_at } = (await read(response, runAnswer)).data;
      const ended = status === 'Completed' || status === 'Failed' || status === 'Cancelled';
      return { status: ended ? status : 'Running', endedAt: ended_at };
    },
    async cancelRun(runId) {
      const response = await ask('DELETE', `/v1/runs/${encodeURIComponent(runId)}`);
      await response.body?.cancel();
    },
    readQueue() {
      if (!kept || kept.until < Date.now()) kept = { until: Date.now() + QUEUE_CACHED_MS, view: readQueue() };
      return kept.view;
    },
  };
}

function asQueue({ functions, set_aside, apps }: z.infer<typeof queueAnswer>['data'], appId: string): ServerQueue {
  const prefix = `${appId}-`;
  return {
    functions: functions
      .filter(({ slug }) => slug.startsWith(prefix))
      .map(({ slug, ready, waiting, oldest_at }) => ({
        functionId: slug.slice(prefix.length),
        queued: ready + waiting,
        oldestAt: oldest_at,
      })),
    quarantined: set_aside.map(({ event_id, name, problem }) => ({ eventId: event_id, name, problem })),
    apps: apps.map(({ url, problem, synced_at }) => ({ url, problem, syncedAt: synced_at })),
  };
}

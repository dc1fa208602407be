import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Rig, reportedOrigins } from './setup';

/** What the engine sends to have a function called. */
export interface Execution {
  version: number;
  event: { id: string; name: string; data: Record<string, unknown>; ts: number; user?: unknown };
  events: Execution['event'][];
  steps: Record<string, unknown>;
  ctx: {
    run_id: string;
    fn_id: string;
    attempt: number;
    max_attempts: number;
    disable_immediate_execution: boolean;
    stack: { stack: string[]; current: number };
    qi_id: string;
    request_id: string;
    generation_id: number;
  };
}

export interface Asked {
  fn: string;
  step: string;
  body: Execution;
  headers: IncomingHttpHeaders;
  response: ServerResponse;
}

const SDK_HEADERS = {
  'content-type': 'application/json',
  'x-inngest-sdk': 'inngest-js:v4.24.0',
  'x-inngest-req-version': '2',
};

/** An answer as the SDK would give it, with any body and status. */
export function answer(response: ServerResponse, status: number, body: unknown, headers: object = {}): void {
  response.writeHead(status, { ...SDK_HEADERS, ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

export function stepRun(id: string, data: unknown = null) {
  return { id, op: 'StepRun', name: id, displayName: id, data };
}

export function stepPlanned(id: string) {
  return { id, op: 'StepPlanned', name: id, displayName: id };
}

export interface RawFunction {
  config?: object;
  answer: (asked: Asked) => void;
}

export interface RawApp {
  url: string;
  /** Every request, in the order of its arrival. */
  asked: Asked[];
  /** Registers other functions instead. */
  register: (functions: string[], configs?: Record<string, object>) => Promise<{ status: number; body: unknown }>;
  close: () => Promise<void>;
}

/** The configuration of a function `<app>-<id>` that the event `<app>/<id>` starts. */
export function functionConfig(app: string, id: string, url = 'http://127.0.0.1:1/', more: object = {}) {
  return {
    id: `${app}-${id}`,
    name: id,
    triggers: [{ event: `${app}/${id}` }],
    steps: { step: { id: 'step', name: 'step', runtime: { type: 'http', url }, retries: { attempts: 1 } } },
    ...more,
  };
}

export function registration(app: string, functions: unknown[], url = 'http://127.0.0.1:1/') {
  return { appName: app, url, functions, sdk: 'js:v4.24.0', v: '0.1', framework: 'raw' };
}

/** An app that is no SDK: it answers whatever a test wants, where the SDK cannot misbehave. */
export async function startRawApp(
  rig: Pick<Rig, 'api'>,
  app: string,
  functions: Record<string, RawFunction>,
): Promise<RawApp> {
  const asked: Asked[] = [];
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://app');
    const fn = (searchParams.get('fnId') ?? '').slice(app.length + 1);
    const body = JSON.parse(await text(request)) as Execution;
    const one = { fn, step: searchParams.get('stepId') ?? '', body, headers: request.headers, response };
    asked.push(one);
    functions[fn]?.answer(one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  reportedOrigins.add(new URL(url).origin);
  const register: RawApp['register'] = (ids, configs = {}) => {
    const list = ids.map((id) => functionConfig(app, id, url, { ...functions[id]?.config, ...configs[id] }));
    return rig.api('/fn/register', { method: 'POST', body: JSON.stringify(registration(app, list, url)) });
  };
  const reply = await register(Object.keys(functions));
  if (reply.status !== 200) throw new Error(`the engine refused the app: ${JSON.stringify(reply.body)}`);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, asked, register, close };
}

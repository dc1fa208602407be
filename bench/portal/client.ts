// The running instance as somebody of the staff has it: signed in, over HTTP alone.
import { Agent, type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { transformer } from '../../server/api/transformer';

type Body = { type: string; content: string; headers?: Record<string, string> };
export type Answer = { status: number; body: string; location?: string | undefined };

/** A wrong answer is thrown as an error with its status and its beginning. */
export interface Portal {
  query: <T>(path: string, input?: object) => Promise<T>;
  mutate: <T>(path: string, input: object) => Promise<T>;
  /** Values of a subscription until it ends. */
  follow: <T>(path: string, input: object) => AsyncGenerator<T>;
  /** Follows a `303 See Other`. */
  get: (path: string) => Promise<Answer>;
  post: (path: string, body: Body) => Promise<Answer>;
  close: () => void;
}

const base = new URL(process.env.PORTAL_URL ?? process.env.BASE_URL ?? 'http://localhost:3000');

async function textOf(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

class Session {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  readonly #cookies = new Map<string, string>();

  open(method: 'GET' | 'POST', path: string, body?: Body): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = { cookie, origin: base.origin, ...(body ? { 'content-type': body.type, ...body.headers } : {}) };
      const sent = request(new URL(path, base), { method, agent: this.#agent, headers }, (answer) => {
        this.#keepCookies(answer);
        resolve(answer);
      });
      sent.on('error', reject);
      sent.end(body?.content);
    });
  }

  async ask(method: 'GET' | 'POST', path: string, body?: Body): Promise<Answer> {
    const answer = await this.open(method, path, body);
    return { status: answer.statusCode ?? 0, body: await textOf(answer), location: answer.headers.location };
  }

  close(): void {
    this.#agent.destroy();
  }

  #keepCookies(answer: IncomingMessage): void {
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';');
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
  }
}

async function enter(session: Session, account: string): Promise<void> {
  const password = process.env.DEMO_PASSWORD;
  if (!password) {
    console.error('✗ No portal is running here: start it in another window with `npm start`, then measure again.');
    process.exit(2);
  }
  const { csrfToken } = JSON.parse((await session.ask('GET', '/api/auth/csrf')).body) as { csrfToken: string };
  const form = new URLSearchParams({ csrfToken, email: account, password, json: 'true' });
  const type = 'application/x-www-form-urlencoded';
  await session.ask('POST', '/api/auth/callback/credentials', { type, content: form.toString() });
  const who = JSON.parse((await session.ask('GET', '/api/auth/session')).body) as { userId?: string };
  if (!who.userId) throw new Error(`${account} could not sign in`);
}

function right({ status, body }: Answer, path: string): string {
  if (status < 200 || status > 299) throw new Error(`${path} answered ${status}: ${body.slice(0, 300)}`);
  return body;
}

const answered = <T>(body: string): T => transformer.deserialize<T>(JSON.parse(body).result.data);
const place = (path: string, input?: object) =>
  `/api/trpc/${path}${input ? `?input=${encodeURIComponent(JSON.stringify(transformer.serialize(input)))}` : ''}`;

/** Server-sent events: a line `data:` is a value, `event:` names what is none. */
async function* valuesOf<T>(answer: IncomingMessage): AsyncGenerator<T> {
  let named = '';
  for await (const line of createInterface({ input: answer })) {
    if (line === '') named = '';
    if (line.startsWith('event:')) named = line.slice(6).trim();
    if (named === 'return') return;
    if (named === 'serialized-error') throw new Error(`the subscription ended: ${line.slice(0, 300)}`);
    if (named === '' && line.startsWith('data:')) yield transformer.deserialize<T>(JSON.parse(line.slice(5)));
  }
}

/** Signs a demo account in. */
export async function signIn(account: string): Promise<Portal> {
  const session = new Session();
  await enter(session, account);
  return {
    query: async (path, input) => answered(right(await session.ask('GET', place(path, input)), path)),
    mutate: async (path, input) => {
      const content = JSON.stringify(transformer.serialize(input));
      return answered(right(await session.ask('POST', place(path), { type: 'application/json', content }), path));
    },
    follow: async function* <T>(path: string, input: object) {
      const answer = await session.open('GET', place(path, input));
      if (answer.statusCode !== 200) right({ status: answer.statusCode ?? 0, body: await textOf(answer) }, path);
      yield* valuesOf<T>(answer);
    },
    get: async (path) => {
      let answer = await session.ask('GET', path);
      if (answer.status === 303 && answer.location) answer = await session.ask('GET', answer.location);
      right(answer, path);
      return answer;
    },
    post: async (path, body) => {
      const answer = await session.ask('POST', path, body);
      right(answer, path);
      return answer;
    },
    close: () => session.close(),
  };
}

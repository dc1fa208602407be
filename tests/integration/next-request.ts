import { encode } from 'next-auth/jwt';
import { sessionCookie } from '@/server/api/session-token';
import { openSession } from '@/server/modules/core/identity/use-cases/open-session';
import type { StaffActor } from '@/server/platform/actor';
import { env } from '@/server/platform/env';
import { type Here, requests, type SetCookie } from './next-headers';
import { oneOf } from './till-fixture';

type Handler = (request: Request, context: { params: Promise<never> }) => Promise<Response>;
type Asked = {
  headers?: Record<string, string>;
  params?: Record<string, string>;
  method?: string;
  body?: BodyInit;
  /** Aborts where the client goes. */
  signal?: AbortSignal;
};

/** A browser that asks handlers: it keeps cookies, and `set` holds those of the last answer with their attributes. */
export class Browser {
  readonly jar = new Map<string, string>();
  set = new Map<string, SetCookie>();

  async ask(
    handler: (...given: never[]) => Promise<Response>,
    path: string,
    { headers = {}, params = {}, method = 'GET', body, signal = new AbortController().signal }: Asked = {},
  ): Promise<Response> {
    const init = { method, headers, signal, ...(body === undefined ? {} : { body, duplex: 'half' }) };
    const request = new Request(`http://portal.test${path}`, init);
    const answered: Here = { headers: request.headers, jar: this.jar, set: new Map() };
    this.set = answered.set;
    const context = { params: Promise.resolve(params as never) };
    return requests.run(answered, () => (handler as Handler)(request, context));
  }

  /** Sends a form from a page of the portal, or from another `site`. */
  post(
    handler: (...given: never[]) => Promise<Response>,
    path: string,
    form: object,
    params: Record<string, string>,
    site = 'same-origin',
  ) {
    const headers = { 'sec-fetch-site': site, 'user-agent': AGENT, 'x-client-address': '203.0.113.5' };
    return this.ask(handler, path, { method: 'POST', headers, params, body: new URLSearchParams({ ...form }) });
  }

  async signIn(staff: StaffActor): Promise<this> {
    const { epoch } = await oneOf<{ epoch: number }>('SELECT session_epoch AS epoch FROM app_user WHERE id = $1', [
      staff.id,
    ]);
    const caller = { addressHash: 'test', network: null, browser: null };
    const secret = await openSession({
      who: { id: staff.id, epoch },
      proof: 'password',
      caller,
      previous: null,
      correlationId: 'test',
    });
    this.jar.set(sessionCookie(), await encode({ token: { session: secret }, secret: env().AUTH_SECRET }));
    return this;
  }
}

export const AGENT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1';

import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import NextAuth, { type NextAuthOptions } from 'next-auth';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findSession } from '@/server/modules/core/identity/use-cases/find-session';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from '../integration/database';
import { countOf, makeStaff, oneOf, rowsOf } from '../integration/till-fixture';
import { type IdentityProvider, startIdentityProvider } from './identity-provider';

const here = vi.hoisted(() => ({ request: undefined as AsyncLocalStorage<IncomingMessage> | undefined }));
const cookiesOf = (request: IncomingMessage | undefined) =>
  new Map((request?.headers.cookie ?? '').split('; ').map((pair) => pair.split(/=(.*)/s, 2) as [string, string]));
// What Next knows of the request that is being answered.
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ 'x-client-address': '203.0.113.77' }),
  cookies: async () => ({
    get: (name: string) => {
      const value = cookiesOf(here.request?.getStore()).get(name);
      return value === undefined ? undefined : { name, value: decodeURIComponent(value) };
    },
    set: () => {},
  }),
}));

withDatabase();

type Handler = (request: object, response: object, options: NextAuthOptions) => Promise<void>;

/** next-auth with the portal's own settings behind real HTTP, as its handler is called without Next's router. */
async function serveAuth(options: () => NextAuthOptions): Promise<{ server: Server; base: string }> {
  const handler = (NextAuth as unknown as { default?: Handler }).default ?? (NextAuth as unknown as Handler);
  const requests = new AsyncLocalStorage<IncomingMessage>();
  here.request = requests;
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const asked = new URL(request.url ?? '', 'http://here');
    let body = '';
    for await (const piece of request) body += piece;
    const query = { ...Object.fromEntries(asked.searchParams), nextauth: asked.pathname.split('/').slice(3) };
    const cookies = Object.fromEntries(
      [...cookiesOf(request)].map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    Object.assign(request, { query, cookies, body: Object.fromEntries(new URLSearchParams(body)) });
    Object.assign(response, {
      status: (code: number) => Object.assign(response, { statusCode: code }),
      json: (value: object) => response.end(JSON.stringify(value)),
      send: (value: unknown) => response.end(typeof value === 'string' ? value : JSON.stringify(value)),
    });
    await requests.run(request, () => handler(request, response, options()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A browser's cookies over many requests. */
class Browser {
  readonly cookies = new Map<string, string>();
  async go(address: string, form?: Record<string, string>): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
    const answer = await fetch(address, { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    return answer;
  }
}

let provider: IdentityProvider;
let server: Server;
let base = '';
let sessionSecretOf: typeof import('@/server/api/session-token').sessionSecretOf;
let actor: StaffActor;
let email = '';

beforeAll(async () => {
  provider = await startIdentityProvider();
  Object.assign(process.env, { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: 'portal', OIDC_CLIENT_SECRET: 'secret' });
  vi.resetModules();
  const { authOptions } = await import('@/server/api/auth');
  ({ sessionSecretOf } = await import('@/server/api/session-token'));
  ({ server, base } = await serveAuth(authOptions));
  process.env.NEXTAUTH_URL = base;
});
afterAll(() => {
  provider.close();
  server.close();
});
beforeEach(async () => {
  actor = await makeStaff('finance', null);
  ({ email } = await oneOf<{ email: string }>('SELECT email FROM app_user WHERE id = $1', [actor.id]));
});

/** From the button on the sign-in page to the provider and back; where it led in the end. */
async function enter(browser: Browser): Promise<string> {
  const { csrfToken } = (await (await browser.go(`${base}/api/auth/csrf`)).json()) as { csrfToken: string };
  const form = { csrfToken, callbackUrl: '/orders', json: 'true' };
  const { url } = (await (await browser.go(`${base}/api/auth/signin/oidc`, form)).json()) as { url: string };
  const back = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
  let at = new URL(back);
  while (at.pathname.startsWith('/api/')) {
    at = new URL((await browser.go(at.toString())).headers.get('location') ?? '/nowhere', base);
  }
  return at.pathname;
}
const sessionIn = async (browser: Browser) => {
  const secret = await sessionSecretOf(decodeURIComponent(browser.cookies.get('next-auth.session-token') ?? ''));
  return secret ? findSession({ secret, attended: false }) : null;
};

describe('a sign-in by the identity provider', () => {
  it('begins a session with a row, which ends like any other', async () => {
    const browser = new Browser();
    provider.says({ email, email_verified: true });
    expect(await enter(browser)).toBe('/orders');
    expect(await sessionIn(browser)).toMatchObject({ proof: 'oidc', account: { id: actor.id } });
    await rowsOf('UPDATE app_user SET active = false WHERE id = $1', [actor.id]);
    expect(await sessionIn(browser)).toBeNull();
  });

  it.each([
    ['nobody here knows', () => ({ email: 'nobody@portal.test', email_verified: true })],
    ['whose address nobody verified', () => ({ email, email_verified: false })],
    ['of whose address nobody says that it was verified', () => ({ email })],
    ['without an address', () => ({})],
  ])('of somebody %s begins none', async (_, claims) => {
    const browser = new Browser();
    provider.says(claims());
    const before = await countOf('staff_session');
    expect(await enter(browser)).toBe('/sign-in');
    expect(await sessionIn(browser)).toBeNull();
    expect(await countOf('staff_session')).toBe(before);
  });

  it('that is refused says in no log who it was', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    const written = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
    provider.says({ email: 'private.person@portal.test', email_verified: true });
    await enter(new Browser());
    const all = JSON.stringify([said.mock.calls, written.mock.calls.map(([text]) => String(text))]);
    said.mockRestore();
    written.mockRestore();
    expect(all).not.toContain('private.person');
  });

  it('of somebody who was let go begins none', async () => {
    await rowsOf('UPDATE app_user SET active = false WHERE id = $1', [actor.id]);
    const browser = new Browser();
    provider.says({ email, email_verified: true });
    expect(await enter(browser)).toBe('/sign-in');
    expect(await sessionIn(browser)).toBeNull();
  });
});

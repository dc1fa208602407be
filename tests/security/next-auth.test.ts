import type { Account } from 'next-auth';
import { encode } from 'next-auth/jwt';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GET, POST } from '@/app/api/auth/[...nextauth]/route';
import { authOptions } from '@/server/api/auth';
import { requestContext } from '@/server/api/session';
import { sessionSecretOf } from '@/server/api/session-token';
import { markOf } from '@/server/modules/core/identity/rules';
import { findSession } from '@/server/modules/core/identity/use-cases/find-session';
import type { StaffActor } from '@/server/platform/actor';
import { env } from '@/server/platform/env';
import { isTest, project } from '../architecture/tree';
import { withDatabase } from '../integration/database';
import { makeStaff, oneOf, rowsOf } from '../integration/till-fixture';

const request = vi.hoisted(() => ({ cookies: new Map<string, string>(), headers: {} as Record<string, string> }));
// The request that Next would know of.
vi.mock('next/headers', () => ({
  headers: async () => new Headers(request.headers),
  cookies: async () => ({
    get: (name: string) => {
      const value = request.cookies.get(name);
      return value === undefined ? undefined : { name, value };
    },
    set: (name: string, value: string) => request.cookies.set(name, value),
  }),
}));

withDatabase();

let actor: StaffActor;
beforeEach(async () => {
  actor = await makeStaff('finance', null);
  request.cookies.clear();
  request.headers = {
    'x-client-address': '203.0.113.77',
    'user-agent':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36',
  };
});

/** What next-auth does once somebody has proven who they are: asks for a token, seals it and sets it as the cookie. */
async function enter(provider: 'credentials' | 'oidc'): Promise<string> {
  const user = { id: actor.id, email: 'x@portal.test', name: 'x', role: actor.role, epoch: 0 };
  const account = { provider, providerAccountId: 'x', type: provider === 'oidc' ? 'oauth' : 'credentials' } as Account;
  const token = await authOptions().callbacks?.jwt?.({ token: { sub: 'x' }, user, account, trigger: 'signIn' });
  const sealed = await encode({ token: token ?? {}, secret: env().AUTH_SECRET, maxAge: 60 });
  request.cookies.set('next-auth.session-token', sealed);
  return sealed;
}
const sessionOf = async (sealed: string) => {
  const secret = await sessionSecretOf(sealed);
  return secret ? findSession({ secret, attended: false }) : null;
};

describe('next-auth', () => {
  it.each(['credentials', 'oidc'] as const)('begins a session with a row of its own: %s', async (provider) => {
    const sealed = await enter(provider);
    expect(await sessionOf(sealed)).toMatchObject({
      proof: provider === 'oidc' ? 'oidc' : 'password',
      account: { id: actor.id },
    });
    const row = await oneOf('SELECT network, browser FROM staff_session WHERE user_id = $1', [actor.id]);
    expect(row).toEqual({ network: '203.0.113.0/24', browser: 'Chrome, Windows' });
  });

  it('has the browser remember that this account was signed in from it, and nothing that opens anything', async () => {
    const sealed = await enter('credentials');
    const kept = request.cookies.get('staff_browser') ?? '';
    expect(markOf(kept, env().AUTH_SECRET, { id: actor.id, epoch: 0 }, new Date())).not.toBeNull();
    expect(kept).not.toContain(sealed);
    expect(await sessionOf(kept)).toBeNull();
  });

  it.each(['{"a"', '', '\u0000', '{"email": "a@b.c",}'])(
    'answers 400 to a body that is no JSON, %j, and fails at nothing',
    async (body) => {
      for (const nextauth of [['callback', 'credentials'], ['signout'], ['signin', 'credentials']]) {
        const headers = { 'content-type': 'application/json; charset=utf-16' };
        const said = new Request(`http://localhost/api/auth/${nextauth.join('/')}`, { method: 'POST', headers, body });
        const answer = await POST(said, { params: Promise.resolve({ nextauth }) });
        expect([answer.status, await answer.text()]).toEqual([400, '']);
      }
    },
  );

  it('takes no words of strangers into our log, shows no pages of its own, and changes no token at its holder’s word', async () => {
    const asked: [typeof POST, string, string[]][] = [
      [POST, 'POST', ['_log']],
      [POST, 'POST', ['session']],
      [POST, 'POST', ['callback', 'oidc']],
      [GET, 'GET', ['verify-request']],
      [GET, 'GET', ['callback', 'credentials']],
      [GET, 'GET', ['callback']],
      [GET, 'GET', ['constructor']],
    ];
    for (const [handler, method, nextauth] of asked) {
      const said = new Request(`http://localhost/api/auth/${nextauth.join('/')}`, {
        method,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        ...(method === 'POST' && { body: 'level=error&code=Nguy%E1%BB%85n+V%C4%83n+A' }),
      });
      const answer = await handler(said, { params: Promise.resolve({ nextauth }) });
      expect([nextauth, answer.status]).toEqual([nextauth, 404]);
    }
  });

  it('goes on in no session that somebody planted in the browser', async () => {
    const planted = await enter('credentials');
    const own = await enter('credentials');
    expect(await sessionOf(planted)).toBeNull();
    expect(await sessionOf(own)).not.toBeNull();
  });

  it('ends the row at sign-out, and then reveals to nobody who that was', async () => {
    const sealed = await enter('credentials');
    const token = { session: (await sessionSecretOf(sealed)) ?? '' };
    const reported = async () => authOptions().callbacks?.session?.({ session: { expires: '' }, token } as never);
    expect(await reported()).toMatchObject({ userId: actor.id });
    await authOptions().events?.signOut?.({ token } as never);
    expect(await reported()).toEqual({ expires: '' });
    expect(await sessionOf(sealed)).toBeNull();
    const [ended] = await rowsOf<{ action: string }>(
      `SELECT action FROM audit_entry WHERE entity_id = $1 ORDER BY id DESC LIMIT 1`,
      [actor.id],
    );
    expect(ended?.action).toBe('user.signed-out');
  });

  it('is not believed for what else a token says', async () => {
    const forged = async (token: Record<string, unknown>, secret = env().AUTH_SECRET) =>
      sessionSecretOf(await encode({ token, secret, maxAge: 60 }));
    expect(await forged({ userId: actor.id, epoch: 0, role: 'administrator' })).toBeNull();
    expect(await forged({ session: 'x'.repeat(43) }, 'another secret of thirty-two characters')).toBeNull();
    expect(await sessionSecretOf('no token at all')).toBeNull();
    expect(
      await sessionSecretOf(await encode({ token: { session: 'x' }, secret: env().AUTH_SECRET, maxAge: -60 })),
    ).toBeNull();
  });
});

describe('a request', () => {
  const ago = () =>
    rowsOf(`UPDATE staff_session SET seen_at = now() - interval '10 minutes' WHERE user_id = $1`, [actor.id]);
  const idleFor = async () =>
    Number(
      (
        await oneOf<{ s: string }>(
          `SELECT extract(epoch FROM now() - seen_at) AS s FROM staff_session WHERE user_id = $1`,
          [actor.id],
        )
      ).s,
    );

  it('keeps a session alive where a person made it, and not where a screen asks by itself or a connection is opened again', async () => {
    await enter('credentials');
    for (const [name, value] of [
      ['x-unattended', '1'],
      ['accept', 'text/event-stream'],
    ] as const) {
      await ago();
      request.headers = { [name]: value };
      expect((await requestContext()).staff?.id).toBe(actor.id);
      expect(await idleFor()).toBeGreaterThan(500);
    }
    request.headers = { accept: 'application/json' };
    await requestContext();
    expect(await idleFor()).toBeLessThan(60);
  });

  it('of who has a one-time password to change is nobody’s, unless an identity provider says who it is', async () => {
    await rowsOf('UPDATE app_user SET must_change_password = true WHERE id = $1', [actor.id]);
    await enter('credentials');
    expect(await requestContext()).toMatchObject({ staff: null, newcomer: { id: actor.id } });
    await enter('oidc');
    expect(await requestContext()).toMatchObject({ staff: { id: actor.id }, newcomer: null });
  });

  it('learns who asks in one place alone', () => {
    const readers = project
      .codeIn(['app', 'server', 'components', 'inngest', 'i18n'])
      .concat('proxy.ts')
      .filter(
        (file) =>
          !isTest(file) &&
          /\b(getServerSession|getToken|useSession|decode)\b.*next-auth|next-auth.*\bgetToken/.test(project.read(file)),
      );
    expect(readers).toEqual(['server/api/session-token.ts']);
  });
});

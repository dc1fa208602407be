import { describe, expect, it, vi } from 'vitest';

const jar = vi.hoisted(() => ({ set: [] as { name: string; options: Record<string, unknown> }[] }));
// The request that Next would know of: here it says nothing, and the cookies that it sets are recorded.
vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({
    get: () => undefined,
    set: (name: string, _: string, options: Record<string, unknown>) => jar.set.push({ name, options }),
  }),
}));

type Cookie = { name: string; options: Record<string, unknown> };

/** Every cookie that holds a secret, as a portal with this public address names and sets it. */
async function cookiesAt(publicUrl: string): Promise<Cookie[]> {
  vi.resetModules();
  jar.set = [];
  const key = 'k'.repeat(32);
  Object.assign(process.env, {
    PUBLIC_URL: publicUrl,
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
    AUTH_SECRET: key,
    OTP_KEY: key,
    LINK_KEY: key,
  });
  const { authOptions } = await import('@/server/api/auth');
  const gate = await import('@/server/http/gate-cookies');
  const { markBrowser } = await import('@/server/api/staff-browser');
  await markBrowser({ id: 'x', epoch: 0 });
  await gate.setBrowserSecret('x');
  await gate.setGateSession({ session: 'x', known: 'y' });
  return [...(Object.values(authOptions().cookies ?? {}) as Cookie[]), ...jar.set];
}

describe('cookies that hold a secret', () => {
  it('belong to this host alone behind TLS: __Host-, Secure, HttpOnly, SameSite, whole path, no domain', async () => {
    const cookies = await cookiesAt('https://portal.test');
    expect(cookies.length).toBeGreaterThanOrEqual(8);
    for (const { name, options } of cookies) {
      expect(name).toMatch(/^__Host-/);
      expect(options).toMatchObject({ secure: true, httpOnly: true, sameSite: 'lax', path: '/' });
      expect(options).not.toHaveProperty('domain');
    }
    const names = cookies.map(({ name }) => name.replace('__Host-', ''));
    expect(names).toEqual(
      expect.arrayContaining([
        'next-auth.session-token',
        'next-auth.csrf-token',
        'next-auth.callback-url',
        'next-auth.state',
        'gate_session',
        'gate_browser',
        'staff_browser',
      ]),
    );
  });

  it('have plain names without TLS, where browsers would not take the others', async () => {
    for (const { name, options } of await cookiesAt('http://localhost:3000')) {
      expect(name).not.toMatch(/^__/);
      expect(options).toMatchObject({ secure: false, httpOnly: true, sameSite: 'lax', path: '/' });
    }
  });
});

import { createHmac } from 'node:crypto';
import { headers } from 'next/headers';
import type { NextAuthOptions, User } from 'next-auth';
import type { JWT } from 'next-auth/jwt';
import CredentialsProvider from 'next-auth/providers/credentials';
import type { Role } from '@/server/domain/role';
import { CLIENT_ADDRESS } from '@/server/front/client-address';
import { networkOf } from '@/server/modules/core/identity/rules';
import { type Caller, signInInput } from '@/server/modules/core/identity/schema';
import { findSession } from '@/server/modules/core/identity/use-cases/find-session';
import { findSignedIn } from '@/server/modules/core/identity/use-cases/find-signed-in';
import { openSession } from '@/server/modules/core/identity/use-cases/open-session';
import { signIn } from '@/server/modules/core/identity/use-cases/sign-in';
import { signOut } from '@/server/modules/core/identity/use-cases/sign-out';
import { agentFamily } from '@/server/modules/referral/statement-access/rules';
import { cookieName, isBehindTls, secretCookie } from '@/server/platform/cookies';
import { env } from '@/server/platform/env';
import { asPortalError, PortalError } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';
import { ownPath } from './own-path';
import { sessionCookie, sessionSecret } from './session-token';
import { browserMarks, markBrowser } from './staff-browser';

declare module 'next-auth' {
  interface User {
    role: Role;
    epoch: number;
  }
  interface Session {
    userId?: string;
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    /** Names the session's row. Nothing else of the token is believed. */
    session?: string;
  }
}

type Headers = Record<string, string | string[] | undefined>;

/** Keyed hash of the address that the front found; what has not come through the front has none. */
export function hashAddress(headers: Headers): string {
  const address = String(headers[CLIENT_ADDRESS] ?? '');
  return createHmac('sha256', env().AUTH_SECRET).update(`address:${address}`).digest('base64url').slice(0, 22);
}

const credentials = CredentialsProvider({
  id: 'credentials',
  credentials: { email: { type: 'email' }, password: { type: 'password' } },
  async authorize(given, request) {
    const correlationId = crypto.randomUUID();
    try {
      const input = signInInput.safeParse(given);
      if (!input.success) throw new PortalError('unauthenticated', 'wrong_credentials');
      const from = { addressHash: hashAddress(request.headers ?? {}), browser: await browserMarks() };
      return await signIn({ ...input.data, ...from, correlationId });
    } catch (error) {
      const known = asPortalError(error);
      const facts = { code: known.code, correlationId };
      if (known.kind === 'internal') logger('auth').error({ ...facts, err: known.cause }, 'sign-in failed');
      else logger('auth').info(facts, 'sign-in refused');
      // next-auth hands the message on to the sign-in page, which has a sentence for the code.
      throw new Error(known.code);
    }
  },
});

function oidc(): NextAuthOptions['providers'] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env();
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return [];
  return [
    {
      id: 'oidc',
      name: 'OpenID Connect',
      type: 'oauth',
      wellKnown: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
      authorization: { params: { scope: 'openid email profile' } },
      idToken: true,
      checks: ['pkce', 'state', 'nonce'],
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      // Accounts are made by an administrator; the provider only proves who somebody is. Where it does not say that it has verified
      // an address, whoever has an account there could write down that of one of ours.
      profile: async (profile: { email?: string; email_verified?: boolean }) => {
        if (!profile.email || profile.email_verified !== true) throw new Error('wrong_credentials');
        const account = await findSignedIn({ email: profile.email });
        if (!account) throw new Error('wrong_credentials');
        return account;
      },
    },
  ];
}

/** What a sign-in says about where it comes from. */
async function caller(): Promise<Caller> {
  const given = await headers();
  return {
    addressHash: hashAddress(Object.fromEntries(given)),
    network: networkOf(given.get(CLIENT_ADDRESS)),
    browser: agentFamily(given.get('user-agent')),
  };
}

/** Begins a session after a sign-in by password or by the identity provider: a row of its own at each sign-in. */
async function begin(who: User, provider: string | undefined): Promise<JWT> {
  const session = await openSession({
    who,
    proof: provider === 'oidc' ? 'oidc' : 'password',
    caller: await caller(),
    previous: await sessionSecret(),
    correlationId: crypto.randomUUID(),
  });
  await markBrowser(who);
  return { session };
}

const MINUTES = 60;

/** Names and options of next-auth's cookies; the short-lived ones lead through the identity provider. */
function authCookies(): NextAuthOptions['cookies'] {
  const options = secretCookie();
  const cookie = (name: string, maxAge?: number) => ({
    name: cookieName(`next-auth.${name}`),
    options: maxAge ? { ...options, maxAge } : options,
  });
  return {
    sessionToken: { name: sessionCookie(), options },
    callbackUrl: cookie('callback-url'),
    csrfToken: cookie('csrf-token'),
    pkceCodeVerifier: cookie('pkce.code_verifier', 15 * MINUTES),
    state: cookie('state', 15 * MINUTES),
    nonce: cookie('nonce'),
  };
}

/** What next-auth has to say goes into our log by its code alone: it would quote what a provider says of a person. */
const authLog: NextAuthOptions['logger'] = {
  error: (code) => logger('auth').warn({ code }, 'next-auth refused'),
  warn: (code) => logger('auth').warn({ code }, 'next-auth warns'),
  debug: () => {},
};

/** next-auth's settings: a sealed cookie names the row of the session, which each request looks at. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().AUTH_SECRET,
    logger: authLog,
    session: { strategy: 'jwt', maxAge: env().SESSION_HOURS * 3600 },
    useSecureCookies: isBehindTls(),
    cookies: authCookies(),
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    providers: [credentials, ...oidc()],
    callbacks: {
      jwt: ({ token, user, account }) => (user ? begin(user, account?.provider) : token),
      session: async ({ session, token }) => {
        const live = token.session ? await findSession({ secret: token.session, attended: false }) : null;
        return { expires: session.expires, ...(live ? { userId: live.account.id } : {}) };
      },
      redirect: ({ url, baseUrl }) => `${baseUrl}${ownPath(url, new URL(baseUrl).origin)}`,
    },
    events: {
      signOut: async ({ token }) => {
        if (token?.session) await signOut({ secret: token.session, correlationId: crypto.randomUUID() });
      },
    },
  };
}

/** Whether an identity provider is configured beside the passwords. */
export const hasSingleSignOn = (): boolean => oidc().length > 0;

/** The path to go on to after a sign-in, from what stands in the address of its page. */
export const nextPath = (target: string | string[] | undefined): string =>
  ownPath(typeof target === 'string' ? target : undefined, new URL(env().PUBLIC_URL).origin);

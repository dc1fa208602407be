import { createHmac } from 'node:crypto';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { CLIENT_ADDRESS } from '@/server/front/client-address';
import { signInInput } from '@/server/modules/identity/schema';
import { findSignedIn } from '@/server/modules/identity/use-cases/find-signed-in';
import { signIn } from '@/server/modules/identity/use-cases/sign-in';
import { env } from '@/server/platform/env';
import { asPortalError, PortalError } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';
import type { Role } from '@/server/platform/permissions';

declare module 'next-auth' {
  interface User {
    role: Role;
    epoch: number;
  }
  interface Session {
    userId: string;
    epoch: number;
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    userId?: string;
    role?: Role;
    epoch?: number;
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
      return await signIn({ ...input.data, addressHash: hashAddress(request.headers ?? {}), correlationId });
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
      // Accounts are made by an administrator; the provider only proves who somebody is.
      profile: async (profile: { email?: string; email_verified?: boolean }) => {
        if (!profile.email || profile.email_verified === false) throw new Error('wrong_credentials');
        const account = await findSignedIn({ email: profile.email });
        if (!account) throw new Error('wrong_credentials');
        return account;
      },
    },
  ];
}

/** next-auth's settings: a signed cookie holds who signed in; role and branch are read afresh at each request. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().AUTH_SECRET,
    session: { strategy: 'jwt', maxAge: 12 * 3600 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [credentials, ...oidc()],
    callbacks: {
      jwt: ({ token, user }) => (user ? { userId: user.id, role: user.role, epoch: user.epoch } : token),
      session: ({ session, token }) => ({
        ...session,
        user: undefined,
        userId: token.userId ?? '',
        epoch: token.epoch ?? -1,
      }),
      redirect: ({ url, baseUrl }) => (url.startsWith('/') && !url.startsWith('//') ? `${baseUrl}${url}` : baseUrl),
    },
  };
}

/** Whether an identity provider is configured beside the passwords. */
export const hasSingleSignOn = (): boolean => oidc().length > 0;

import NextAuth from 'next-auth';
import { authOptions } from '@/server/api/auth';

type Context = { params: Promise<{ nextauth: string[] }> };

/** What next-auth is asked for here. Its log of strangers' words, its own pages and changes of a token by its holder are not. */
const ACTIONS: Record<string, readonly string[]> = {
  GET: ['csrf', 'session', 'providers', 'signin', 'signout', 'error', 'callback/oidc'],
  POST: ['signin', 'signout', 'callback/credentials'],
};

function isAsked(method: string, [action = '', provider = '']: readonly string[]): boolean {
  const known = ACTIONS[method] ?? [];
  return known.includes(action === 'callback' ? `${action}/${provider}` : action);
}

// Built at the request, since the settings are read when the process runs and not when it is built.
const handler = async (request: Request, context: Context) =>
  isAsked(request.method, (await context.params).nextauth)
    ? NextAuth(authOptions())(request, context)
    : new Response(null, { status: 404 });

export { handler as GET, handler as POST };

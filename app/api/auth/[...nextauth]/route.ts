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

/** next-auth fails at JSON that is none, as if the fault were ours. */
async function isReadable(request: Request): Promise<boolean> {
  if (request.method !== 'POST' || !request.headers.get('content-type')?.includes('application/json')) return true;
  return request
    .clone()
    .json()
    .then(
      () => true,
      () => false,
    );
}

// Built at the request, since the settings are read when the process runs and not when it is built.
const handler = async (request: Request, context: Context) => {
  if (!isAsked(request.method, (await context.params).nextauth)) return new Response(null, { status: 404 });
  if (!(await isReadable(request))) return new Response(null, { status: 400 });
  return NextAuth(authOptions())(request, context);
};

export { handler as GET, handler as POST };

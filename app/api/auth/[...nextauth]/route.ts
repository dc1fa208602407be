import NextAuth from 'next-auth';
import { authOptions } from '@/server/api/auth';

type Context = { params: Promise<{ nextauth: string[] }> };

/** Where next-auth takes words of anybody for our log; none of our pages has any for it. */
const LOG = '_log';

// Built at the request, since the settings are read when the process runs and not when it is built.
const handler = async (request: Request, context: Context) =>
  (await context.params).nextauth[0] === LOG
    ? new Response(null, { status: 404 })
    : NextAuth(authOptions())(request, context);

export { handler as GET, handler as POST };

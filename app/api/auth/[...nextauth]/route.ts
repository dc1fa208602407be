import NextAuth from 'next-auth';
import { authOptions } from '@/server/api/auth';

type Context = { params: Promise<{ nextauth: string[] }> };

// Built at the request, since the settings are read when the process runs and not when it is built.
const handler = (request: Request, context: Context) => NextAuth(authOptions())(request, context);

export { handler as GET, handler as POST };

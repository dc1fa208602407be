import { type NextRequest, NextResponse } from 'next/server';
import { getToken } from 'next-auth/jwt';
import { env } from './server/platform/env';

const OPEN = /^\/(sign-in|s\/|verify\/|design|health\/|metrics|api\/)/;

/**
 * The content security policy of every page, and an optimistic gate: who has not signed in is sent to do so. Nothing relies on the
 * gate alone; pages and procedures check again.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  if (!OPEN.test(pathname) && !(await getToken({ req: request, secret: env().AUTH_SECRET }))) {
    const target = new URL('/sign-in', request.nextUrl);
    if (pathname !== '/') target.searchParams.set('callbackUrl', `${pathname}${search}`);
    return NextResponse.redirect(target);
  }
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const secure = env().PUBLIC_URL.startsWith('https:');
  const policy = contentSecurityPolicy(nonce, secure);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('referrer-policy', pathname.startsWith('/s/') ? 'no-referrer' : 'same-origin');
  return response;
}

function contentSecurityPolicy(nonce: string, secure: boolean): string {
  // React's error overlay evaluates code in development; a production page never does.
  const development = env().NODE_ENV === 'development' ? " 'unsafe-eval'" : '';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

// What passes here has its body copied into memory, at most 10 MB of it: sheets and the requests of background work do not.
export const config = {
  matcher: ['/((?!_next/static|_next/image|favicon.ico|icon.svg|api/uploads$|api/inngest$).*)'],
};

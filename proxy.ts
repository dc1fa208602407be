import { type NextRequest, NextResponse } from 'next/server';
import { sessionCookie, sessionSecretOf } from './server/api/session-token';
import { galleryCookies } from './server/http/gallery-look';
import { isBehindTls } from './server/platform/cookies';
import { env } from './server/platform/env';

/** Where nothing of a person is shown, and monitors ask by HEAD. */
const SHOWS_NO_PERSON = /^\/($|sign-in|design|health\/|metrics)/;
const PURPOSES = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];

const OPEN = /^\/(sign-in|s\/|verify\/|design|health\/|metrics|api\/)/;

/**
 * The content security policy of every page, and an optimistic gate: who has not signed in is sent to do so. Nothing relies on the
 * gate alone; pages and procedures check again.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  if (!SHOWS_NO_PERSON.test(pathname) && isNoReading(request)) return withoutReading(request.method);
  if (!OPEN.test(pathname) && !(await sessionSecretOf(request.cookies.get(sessionCookie())?.value))) {
    const target = new URL('/sign-in', request.nextUrl);
    if (pathname !== '/') target.searchParams.set('callbackUrl', `${pathname}${search}`);
    return NextResponse.redirect(target);
  }
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const secure = isBehindTls();
  const policy = contentSecurityPolicy(nonce, secure);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const look = galleryCookies(request.nextUrl, headers.get('cookie') ?? '');
  if (look !== null) headers.set('cookie', look);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('referrer-policy', pathname.startsWith('/s/') ? 'no-referrer' : 'same-origin');
  return response;
}

/** Whether nobody reads what is asked for: headers alone, or something fetched before anybody wanted it. */
function isNoReading({ method, headers }: NextRequest): boolean {
  if (method === 'HEAD') return true;
  return PURPOSES.some((name) => /prefetch|prerender|preview/i.test(headers.get(name) ?? ''));
}

/**
 * Whoever reads about a person leaves a trace, so what is no reading shows nothing: it must neither be counted as a person's nor
 * be a way past the count. A browser whose prefetch is refused asks again when somebody really goes there.
 */
const withoutReading = (method: string): NextResponse =>
  method === 'HEAD'
    ? new NextResponse(null, { status: 405, headers: { allow: 'GET', 'cache-control': 'no-store' } })
    : new NextResponse(null, { status: 503, headers: { 'cache-control': 'no-store', vary: PURPOSES.join(', ') } });

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

// What passes here has its body copied into memory, at most 10 MB of it, and waits: sheets, procedures and the requests of
// background work do not. They answer no page and check who asks by themselves.
export const config = {
  matcher: [
    '/((?!_next/static|_next/image|favicon.ico|icon.svg|icons/|manifest.webmanifest$|api/uploads$|api/inngest$|api/trpc/).*)',
  ],
};

import { env } from './env';

/** Whether people reach the portal by https, as its public address says. */
export const isBehindTls = (): boolean => env().PUBLIC_URL.startsWith('https:');

/**
 * The name under which a cookie of the portal is kept. Behind TLS browsers take `__Host-` only from this very host and only
 * over TLS, so that neither a neighbouring host nor somebody on the line can plant one (RFC 6265bis, 4.1.3.2).
 */
export const cookieName = (name: string): string => (isBehindTls() ? `__Host-${name}` : name);

/** What every cookie that holds a secret has in common; `__Host-` wants the path and no domain. */
export const secretCookie = () =>
  // Lax, not strict: who follows a link in a message with a session still open is let through.
  ({ httpOnly: true, sameSite: 'lax', secure: isBehindTls(), path: '/' }) as const;

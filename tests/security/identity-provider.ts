import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface IdentityProvider {
  issuer: string;
  /** Who signs in there next, and what the provider says of them. */
  says: (claims: { email?: string; email_verified?: boolean }) => void;
  close: () => void;
}

const CLIENT = 'portal';
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An OpenID provider as small as the flow allows: it lets in whoever comes, and signs what the test gives it (RS256). */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const grants = new Map<string, string>();
  let claims: object = {};
  let issuer = '';

  const idToken = (nonce: string) => {
    const now = Math.floor(Date.now() / 1000);
    const signed = `${part({ alg: 'RS256', kid: 'k', typ: 'JWT' })}.${part({
      iss: issuer,
      aud: CLIENT,
      sub: 'somebody',
      iat: now,
      exp: now + 60,
      nonce,
      ...claims,
    })}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url')}`;
  };
  const answers: Record<string, (asked: URL, form: URLSearchParams) => object> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/keys': () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig', alg: 'RS256' }] }),
    '/token': (_, form) => ({
      access_token: randomUUID(),
      token_type: 'Bearer',
      id_token: idToken(grants.get(form.get('code') ?? '') ?? ''),
    }),
  };
  const server: Server = createServer(async (request, response) => {
    const asked = new URL(request.url ?? '', issuer);
    if (asked.pathname === '/authorize') {
      const code = randomUUID();
      grants.set(code, asked.searchParams.get('nonce') ?? '');
      const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({ code, state: asked.searchParams.get('state') ?? '' }).toString();
      return response.writeHead(302, { location: back.toString() }).end();
    }
    let body = '';
    for await (const piece of request) body += piece;
    const answer = answers[asked.pathname]?.(asked, new URLSearchParams(body));
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    says: (said) => {
      claims = said;
    },
    close: () => void server.close(),
  };
}

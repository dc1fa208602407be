import type { IncomingMessage, ServerResponse } from 'node:http';
import { loadMessages, type Messages } from '../../i18n/catalogue';
import { LOCALE_COOKIE, type Locale, toLocale } from '../../i18n/locales';
import type { DatabaseFailure } from '../platform/database-failures';
import { pathOf } from './request-path';

const AGAIN_SECONDS = 5;

/**
 * What needs no database, or says by itself what is wrong: files of the build, health, figures; procedures and sign-in, which
 * answer in the form that their screens read; background work, whose server asks again.
 */
const ASKS_ITSELF = /^\/(_next\/|health\/|metrics$|icon\.svg$|favicon\.ico$|api\/(trpc|auth|inngest)(\/|$))/;

function localeOf(request: IncomingMessage): Locale {
  const cookies = (request.headers.cookie ?? '').split(';').map((one) => one.trim().split('='));
  return toLocale(cookies.find(([name]) => name === LOCALE_COOKIE)?.[1]);
}

/** Where a person comes back to: the page itself; after a form of the gate the page that it stands on. */
function returnTo(request: IncomingMessage): string {
  const path = pathOf(request);
  if (request.method === 'GET') return request.url ?? '/';
  return path.startsWith('/s/') ? path.split('/').slice(0, 3).join('/') : '/';
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const textOf = (messages: Messages, ...path: string[]): string => {
  const found = path.reduce<Messages | string | undefined>(
    (at, key) => (typeof at === 'object' ? at[key] : undefined),
    messages,
  );
  return typeof found === 'string' ? found : '';
};

/** A page that stands by itself: nothing of the application is drawn while it cannot know who is asking. */
function page(locale: Locale, messages: Messages, failure: DatabaseFailure, back: string): string {
  const [title, again, sentence] = [
    textOf(messages, 'ui', 'unavailable', 'title'),
    textOf(messages, 'ui', 'unavailable', 'again'),
    textOf(messages, 'errors', failure),
  ].map(escaped);
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${AGAIN_SECONDS};url=${escaped(back)}"><title>${title}</title><style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;display:grid;place-items:center;min-height:90vh;margin:0;padding:1.5rem}
main{max-width:28rem;text-align:center}h1{font-size:1.125rem;margin:0}a{display:inline-block;margin-top:1rem;padding:.625rem 1rem}</style></head>
<body><main role="alert"><h1>${title}</h1><p>${sentence}</p><a href="${escaped(back)}">${again}</a></main></body></html>`;
}

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

async function refuse(request: IncomingMessage, response: ServerResponse, failure: DatabaseFailure): Promise<void> {
  const wantsPage = (request.headers.accept ?? '').includes('text/html');
  const locale = localeOf(request);
  const body = wantsPage
    ? page(locale, await loadMessages(locale), failure, returnTo(request))
    : JSON.stringify({ reason: failure, params: {}, correlationId: null });
  response.writeHead(503, {
    'content-type': wantsPage ? 'text/html; charset=utf-8' : 'application/json',
    'content-security-policy': POLICY,
    'referrer-policy': 'no-referrer',
    'retry-after': String(AGAIN_SECONDS),
    'cache-control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/**
 * Answers for the application while the database does: every page and handler alike says in one sentence what is wrong, and comes
 * back by itself. Answers whether it has answered.
 */
export function createDatabaseGate(state: () => Promise<DatabaseFailure | null>) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if (ASKS_ITSELF.test(pathOf(request))) return false;
    const failure = await state();
    if (failure === null) return false;
    await refuse(request, response, failure);
    return true;
  };
}

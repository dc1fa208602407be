import type { IncomingMessage, ServerResponse } from 'node:http';
import { loadMessages, type Messages } from '../../i18n/catalogue';
import { LOCALE_COOKIE, type Locale, toLocale } from '../../i18n/locales';
import type { DatabaseFailure } from '../platform/database-failures';
import { STANDING_PAGE_POLICY, standingPage } from '../platform/standing-page';
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

const textOf = (messages: Messages, ...path: string[]): string => {
  const found = path.reduce<Messages | string | undefined>(
    (at, key) => (typeof at === 'object' ? at[key] : undefined),
    messages,
  );
  return typeof found === 'string' ? found : '';
};

/** Nothing of the application is drawn while it cannot know who is asking. */
const page = (locale: Locale, messages: Messages, failure: DatabaseFailure, back: string): string =>
  standingPage({
    locale,
    title: textOf(messages, 'ui', 'unavailable', 'title'),
    sentence: textOf(messages, 'errors', failure),
    link: { text: textOf(messages, 'ui', 'unavailable', 'again'), href: back },
    again: { href: back, seconds: AGAIN_SECONDS },
  });

type Refusal = { headers: Record<string, string>; body: string };

async function refusalOf(request: IncomingMessage, failure: DatabaseFailure): Promise<Refusal> {
  const wantsPage = (request.headers.accept ?? '').includes('text/html');
  const locale = localeOf(request);
  const body = wantsPage
    ? page(locale, await loadMessages(locale), failure, returnTo(request))
    : JSON.stringify({ reason: failure, params: {}, correlationId: null });
  const headers = {
    'content-type': wantsPage ? 'text/html; charset=utf-8' : 'application/json',
    'content-security-policy': STANDING_PAGE_POLICY,
    'referrer-policy': 'no-referrer',
    'retry-after': String(AGAIN_SECONDS),
    'cache-control': 'no-store',
  };
  return { headers, body: request.method === 'HEAD' ? '' : body };
}

/**
 * An application that fell over a connection it had just lost answers 500, with a page that does not know why: `refusal` goes out
 * instead. What the application still writes then is dropped.
 */
function replaceFailure(response: ServerResponse, wasLost: () => boolean, { headers, body }: Refusal): void {
  const [writeHead, write, end] = [response.writeHead, response.write, response.end];
  const own = new Set(response.getHeaderNames());
  let replaced = false;
  response.writeHead = ((status: number, ...rest: never[]) => {
    if (replaced) return response;
    if (status !== 500 || !wasLost()) return Reflect.apply(writeHead, response, [status, ...rest]);
    replaced = true;
    for (const name of response.getHeaderNames()) if (!own.has(name)) response.removeHeader(name);
    Reflect.apply(writeHead, response, [503, headers]);
    end.call(response, body, 'utf8');
    return response;
  }) as typeof response.writeHead;
  // Node writes the head with the first piece otherwise, and the piece behind whatever the head became.
  const headFirst = () => {
    if (!response.headersSent && response.statusCode === 500) response.writeHead(500);
  };
  response.write = ((...said: never[]) => {
    headFirst();
    return replaced || Reflect.apply(write, response, said);
  }) as typeof response.write;
  response.end = ((...said: never[]) => {
    headFirst();
    if (!replaced) return Reflect.apply(end, response, said);
    for (const called of said as unknown[]) if (typeof called === 'function') called();
    return response;
  }) as typeof response.end;
}

/**
 * Answers for the application while the database does: every page and handler alike says in one sentence what is wrong, and comes
 * back by itself. So does what fails of a connection that broke while it was drawn, of which `wasLost` knows. Answers whether it
 * has answered.
 */
export function createDatabaseGate(state: () => Promise<DatabaseFailure | null>, wasLost: () => boolean = () => false) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if (ASKS_ITSELF.test(pathOf(request))) return false;
    const failure = await state();
    const { headers, body } = await refusalOf(request, failure ?? 'database_unavailable');
    if (failure === null) {
      replaceFailure(response, wasLost, { headers, body });
      return false;
    }
    response.writeHead(503, headers).end(body);
    return true;
  };
}

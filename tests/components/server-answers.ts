import { afterEach, vi } from 'vitest';
import { transformer } from '@/server/api/transformer';

/** What the server says to a procedure's input, now or later; a thrown `Refusal` becomes the error that the screen gets. */
type Answers = Record<string, (input: never) => unknown>;
/** What it says at other addresses: a response, or what it says as JSON. */
type Others = Record<string, (sent: URLSearchParams) => unknown>;

export class Refusal extends Error {
  constructor(
    readonly reason: string,
    readonly status = 409,
    readonly params: Record<string, string | number> = {},
  ) {
    super(reason);
  }
}

/** The connection is lost on the way to the server, or on the way back. */
export class LostConnection extends Error {}

type Sent = { procedure: string; input: unknown };

const real = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = real;
});

async function answerTo(path: string, input: unknown, answers: Answers): Promise<object> {
  try {
    const answer = answers[path];
    if (!answer) throw new Refusal('not_found', 404);
    return { result: { data: transformer.serialize(await answer(input as never)) } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const data = { code: 'CONFLICT', httpStatus: error.status, path, reason: error.reason, params: error.params };
    const said = { message: error.reason, code: -32_009, data: { ...data, correlationId: 'test-id' } };
    return { error: transformer.serialize(said) };
  }
}

/** Answers the screen's own requests to /api/trpc, as they come over HTTP; answers what was asked, in order. */
export function serverAnswers(answers: Answers, others: Others = {}): Sent[] {
  const sent: Sent[] = [];
  globalThis.fetch = vi.fn(async (target: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(String(target), location.href);
    const other = others[url.pathname];
    if (other) {
      const body = new URLSearchParams(String(init?.body ?? ''));
      sent.push({ procedure: url.pathname, input: Object.fromEntries(body) });
      const answer = await other(body);
      return answer instanceof Response ? answer : Response.json(answer);
    }
    if (!url.pathname.startsWith('/api/trpc/')) return real(target, init);
    const paths = url.pathname.slice('/api/trpc/'.length).split(',');
    const inputs = JSON.parse(init?.method === 'POST' ? String(init.body) : (url.searchParams.get('input') ?? '{}'));
    const all = paths.map((path, place) => {
      const input = inputs[place] === undefined ? undefined : transformer.deserialize(inputs[place]);
      sent.push({ procedure: path, input });
      return answerTo(path, input, answers);
    });
    return Response.json(await Promise.all(all));
  });
  return sent;
}

/** What was sent to one procedure. */
export const sentTo = (sent: Sent[], procedure: string): unknown[] =>
  sent.filter((one) => one.procedure === procedure).map(({ input }) => input);

/** Throws it: for answers, which are expressions. */
export const refuses =
  (reason: string, params: Record<string, string | number> = {}, status = 409) =>
  (): never => {
    throw new Refusal(reason, status, params);
  };

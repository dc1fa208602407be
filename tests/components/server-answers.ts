import { afterEach, vi } from 'vitest';
import { transformer } from '@/server/api/transformer';

/** What the server says to a procedure's input; a thrown `Refusal` becomes the error that the screen gets. */
type Answers = Record<string, (input: never) => unknown>;

export class Refusal extends Error {
  constructor(
    readonly reason: string,
    readonly status = 409,
    readonly params: Record<string, string> = {},
  ) {
    super(reason);
  }
}

type Sent = { procedure: string; input: unknown };

const real = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = real;
});

function answerTo(path: string, input: unknown, answers: Answers): object {
  try {
    const answer = answers[path];
    if (!answer) throw new Refusal('not_found', 404);
    return { result: { data: transformer.serialize(answer(input as never)) } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const data = { code: 'CONFLICT', httpStatus: error.status, path, reason: error.reason, params: error.params };
    const said = { message: error.reason, code: -32_009, data: { ...data, correlationId: 'test' } };
    return { error: transformer.serialize(said) };
  }
}

/** Answers the screen's own requests to /api/trpc, as they come over HTTP; answers what was asked, in order. */
export function serverAnswers(answers: Answers): Sent[] {
  const sent: Sent[] = [];
  globalThis.fetch = vi.fn(async (target: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(String(target), location.href);
    if (!url.pathname.startsWith('/api/trpc/')) return real(target, init);
    const paths = url.pathname.slice('/api/trpc/'.length).split(',');
    const inputs = JSON.parse(init?.method === 'POST' ? String(init.body) : (url.searchParams.get('input') ?? '{}'));
    const all = paths.map((path, place) => {
      const input = inputs[place] === undefined ? undefined : transformer.deserialize(inputs[place]);
      sent.push({ procedure: path, input });
      return answerTo(path, input, answers);
    });
    return Response.json(all);
  });
  return sent;
}

import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { NonRetriableError, RetryAfterError } from 'inngest';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asRunError, errorCodeOf, sentenceCodeOf } from '@/inngest/client';
import type { ApiContext } from '@/server/api/context';
import { publicProcedure, router } from '@/server/api/trpc';
import { refusal } from '@/server/http/answers';
import { db, pool, sql } from '@/server/platform/db';
import { asPortalError, type ErrorKind, httpStatus, PortalError, trpcCode } from '@/server/platform/errors';
import { withDatabase } from './database';

withDatabase();

/** Status (RFC 9110), tRPC's word, and whether background work tries again. Written down here, not read from the mapping. */
const KINDS: Record<ErrorKind, [status: number, word: string, again: boolean]> = {
  invalid: [400, 'BAD_REQUEST', false],
  unauthenticated: [401, 'UNAUTHORIZED', false],
  forbidden: [403, 'FORBIDDEN', false],
  'not-found': [404, 'NOT_FOUND', false],
  conflict: [409, 'CONFLICT', false],
  limited: [429, 'TOO_MANY_REQUESTS', false],
  unavailable: [503, 'SERVICE_UNAVAILABLE', true],
  internal: [500, 'INTERNAL_SERVER_ERROR', true],
};
const kinds = Object.entries(KINDS) as [ErrorKind, (typeof KINDS)[ErrorKind]][];

const SECRET = 'Nguyễn Văn A +84912345678';
const throwing: Record<string, () => unknown> = {
  unexpected: () => {
    throw new TypeError(SECRET);
  },
  wrapped: () => {
    throw new Error(SECRET, { cause: new PortalError('conflict', 'shift_changed') });
  },
  slow: () =>
    db().$transaction((tx) =>
      tx
        .$queryRaw(sql`SELECT set_config('statement_timeout', '50', true), pg_sleep(0.01)::text`)
        .then(() => tx.$queryRaw(sql`SELECT pg_sleep(5)::text`)),
    ),
  unreadable: () => pool().query(`SELECT 'x'::uuid`),
  twice: () => pool().query(`INSERT INTO instance_fact (key, value, at) VALUES ('x', '1', now()), ('x', '1', now())`),
};

const failing = router({
  ofKind: publicProcedure
    .input(z.object({ kind: z.enum(kinds.map(([kind]) => kind) as [ErrorKind, ...ErrorKind[]]) }))
    .mutation(({ input }) => {
      throw new PortalError(input.kind, `code_of_${input.kind.replace('-', '_')}`, {
        params: { n: 7 },
        message: SECRET,
      });
    }),
  other: publicProcedure.input(z.object({ what: z.string() })).mutation(async ({ input }) => {
    await throwing[input.what]?.();
  }),
});

type Failed = { error: { json: { message: string; data: Record<string, unknown> } } };
async function answerOf(path: string, input: object) {
  const request = new Request(`http://portal.test/api/trpc/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json: input }),
  });
  const context = { correlationId: 'here', staff: null, newcomer: null, doctor: null } as unknown as ApiContext;
  const answer = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: failing,
    createContext: () => context,
  });
  const text = await answer.text();
  const failed = JSON.parse(text) as Failed;
  return { status: answer.status, text, ...(failed.error.json ?? failed.error) };
}

describe('an error keeps its code and its kind', () => {
  it.each(kinds)('of HTTP, of tRPC and of a document: %s', async (kind, [status, word]) => {
    const error = new PortalError(kind, 'some_code');
    expect([httpStatus(error), trpcCode(error)]).toEqual([status, word]);
    expect((await refusal(error, 'here')).status).toBe(status);
    const code = `code_of_${kind.replace('-', '_')}`;
    const answer = await answerOf('ofKind', { kind });
    expect(answer).toMatchObject({
      status,
      message: code,
      data: { code: word, httpStatus: status, reason: code, params: { n: 7 }, correlationId: 'here' },
    });
    expect(answer.text).not.toContain(SECRET);
  });

  it.each(kinds)('on its way through background work and back: %s', (kind, [, , again]) => {
    const failed = asRunError(new PortalError(kind, 'some_code', { message: SECRET }), 'some-function') as Error;
    expect(failed instanceof NonRetriableError).toBe(!again);
    expect(failed.message).toBe('some_code');
    expect([errorCodeOf(failed), sentenceCodeOf(failed)]).toEqual(['some_code', 'some_code']);
  });

  it('background work comes again when the error says so', () => {
    const failed = asRunError(new PortalError('unavailable', 'being_sent', { params: { seconds: 20 } }), 'x');
    expect(failed).toBeInstanceOf(RetryAfterError);
    expect((failed as RetryAfterError).retryAfter).toBe('20');
  });

  it.each([
    ['unexpected', 500, 'internal'],
    ['wrapped', 500, 'internal'],
    ['slow', 503, 'database_unavailable'],
    ['unreadable', 400, 'unreadable_input'],
    ['twice', 503, 'changed_meanwhile'],
  ])('also where it is none of ours, and reveals nothing of its text: %s', async (what, status, reason) => {
    const answer = await answerOf('other', { what });
    expect(answer).toMatchObject({ status, message: reason, data: { httpStatus: status, reason } });
    expect(answer.text).not.toContain(SECRET);
  });

  it('what was asked wrongly names its fields, under no other code', async () => {
    const answer = await answerOf('ofKind', { kind: 'no kind' });
    expect(answer).toMatchObject({
      status: 400,
      data: { reason: 'invalid_input', fields: { kind: expect.any(Array) } },
    });
  });

  it.each([
    ['no words at all', 'ofKind', 'POST', '{'],
    [
      'words of no kind that the wire knows',
      'ofKind',
      'POST',
      '{"json":{"kind":"x"},"meta":{"values":{"kind":["nothing"]}}}',
    ],
    [
      'a path into what every object has',
      'ofKind',
      'POST',
      '{"json":{},"meta":{"values":{"__proto__.x":["undefined"]}}}',
    ],
    ['a number that is none', 'ofKind', 'POST', '{"json":{"kind":"1.5"},"meta":{"values":{"kind":["bigint"]}}}'],
    ['an act that is only asked', 'ofKind', 'GET', undefined],
    ['more at once than a screen asks', Array(3).fill('ofKind').join(',').concat('?batch=1'), 'POST', '{}'],
  ])('what cannot be read is the caller’s fault, and no unexpected error: %s', async (_, path, method, body) => {
    const answer = await fetchRequestHandler({
      endpoint: '/api/trpc',
      req: new Request(`http://portal.test/api/trpc/${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body && { body }),
      }),
      router: failing,
      maxBatchSize: 2,
      createContext: () => ({ correlationId: 'here', staff: null, doctor: null }) as unknown as ApiContext,
    });
    expect(Math.floor(answer.status / 100)).toBe(4);
    expect(await answer.text()).toContain('"reason":"invalid_input"');
  });

  it('nobody expected goes on through background work under its class alone', () => {
    const failed = asRunError(new TypeError(SECRET), 'some-function') as Error;
    expect([errorCodeOf(failed), sentenceCodeOf(failed)]).toEqual(['TypeError', 'internal']);
    expect(`${failed.message}${failed.stack ?? ''}`).not.toContain(SECRET);
    expect(asPortalError(new TypeError(SECRET)).message).not.toContain(SECRET);
  });
});

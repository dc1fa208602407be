import { TRPCClientError } from '@trpc/client';
import { expect, it } from 'vitest';
import errors from '@/i18n/messages/vi/core/errors.json';
import { problemFrom } from './error-sentence';

const has = (code: string) => code in errors;
const thrown = (data: unknown) => {
  const error = new TRPCClientError('x');
  Object.assign(error, { data });
  return error;
};

it('an error is shown under its own code, with what its sentence wants', () => {
  for (const reason of ['total_changed', 'cash_too_much', 'not_found', 'too_many_tries', 'database_unavailable'])
    expect(problemFrom(thrown({ reason, params: { total: '1' }, correlationId: 'c' }), has)).toEqual({
      code: reason,
      params: { total: '1' },
      correlationId: null,
    });
});

it('what has no sentence is internal, with the id that finds it in the log', () => {
  const internal = { code: 'internal', params: {}, correlationId: 'c' };
  for (const reason of ['no_such_code', 'internal', undefined, 7, ''])
    expect(problemFrom(thrown({ reason, correlationId: 'c' }), has)).toEqual(internal);
  expect(problemFrom(new Error('x'), has)).toEqual({ ...internal, correlationId: null });
});

it('a server that was not reached is no error of its own', () => {
  expect(problemFrom(thrown(null), has)).toMatchObject({ code: 'offline' });
});

import { describe, expect, it } from 'vitest';
import { databaseFailure } from './database-failures';
import { asPortalError } from './errors';

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });
const adapter = (cause: object) =>
  Object.assign(new Error('Raw query failed'), {
    ...{ name: 'PrismaClientKnownRequestError', code: 'P2010' },
    meta: { driverAdapterError: Object.assign(new Error('x'), { name: 'DriverAdapterError', cause }) },
  });

describe('a failure of the database', () => {
  it.each([
    ...['57P01', '57P02', '57P03', '53300', '53400', '53200', '08000', '08001', '08003', '08006', '08P01', '40P01'],
    ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'],
  ])('of code %s is one sentence', (code) => {
    expect(databaseFailure(coded(code))).toBe('database_unavailable');
    expect(databaseFailure(new Error('wrapped', { cause: coded(code) }))).toBe('database_unavailable');
    expect(databaseFailure(adapter({ kind: 'postgres', code }))).toBe('database_unavailable');
    expect(databaseFailure(new AggregateError([coded(code)]))).toBe('database_unavailable');
    expect(asPortalError(coded(code))).toMatchObject({
      kind: 'unavailable',
      code: 'database_unavailable',
      retryable: true,
    });
  });

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
    'Transaction API error: Unable to start a transaction in the given time.',
    "Can't reach database server at `127.0.0.1:5432`",
  ])('that has only words is the same: %s', (message) => {
    expect(databaseFailure(new Error(message))).toBe('database_unavailable');
  });

  it.each(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'])(
    'that the adapter calls %s is the same',
    (kind) => expect(databaseFailure(adapter({ kind }))).toBe('database_unavailable'),
  );

  it('says so where there is no room, and where nothing may be changed', () => {
    expect(databaseFailure(adapter({ kind: 'postgres', code: '53100' }))).toBe('database_full');
    expect(databaseFailure(new Error('Connection terminated unexpectedly', { cause: coded('53100') }))).toBe(
      'database_full',
    );
    expect(databaseFailure(coded('25006'))).toBe('database_read_only');
  });

  it('is not what a gateway or a statement did wrong', () => {
    const fetchFailed = new TypeError('fetch failed', { cause: coded('ECONNREFUSED') });
    for (const error of [fetchFailed, coded('23505'), coded('42P01'), new Error('cart is empty'), 'text', null]) {
      expect(databaseFailure(error)).toBeNull();
    }
  });
});

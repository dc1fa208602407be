import { beforeAll, describe, expect, it, vi } from 'vitest';
import { GET as callByGet, POST as callByPost } from '@/app/api/trpc/[trpc]/route';
import { readSentInput } from '@/server/api/sent-input';
import { transformer } from '@/server/api/transformer';
import { withDatabase } from '../integration/database';
import { Browser } from '../integration/next-request';
import { makeFixture, makeStaff } from '../integration/till-fixture';

/** What arrays of doubles were made of, by whoever keeps their constructor. */
const madeOf = vi.hoisted(() => {
  const from: unknown[] = [];
  globalThis.Float64Array = new Proxy(Float64Array, {
    construct(target, given, made) {
      from.push(given[0]);
      return Reflect.construct(target, given, made);
    },
  });
  return from;
});
vi.mock('next/headers', async () => (await import('../integration/next-headers')).nextHeaders);
withDatabase();

let cashier: Browser;
beforeAll(async () => {
  await makeFixture();
  cashier = await new Browser().signIn(await makeStaff('cashier'));
});

const sent = (json: unknown, values: unknown, more: object = {}) => ({ json, meta: { values, ...more } });

const LENGTH = 123_457;

/** Values that a few letters name, and that take far more to be made than to be sent. */
const hostile: [string, object][] = [
  ['an array of any length', sent({ hash: { length: LENGTH } }, { hash: [['typed-array', 'Float64Array']] })],
  ['an array of a number', sent({ hash: LENGTH }, { hash: [['typed-array', 'Float64Array']] })],
  ['a set', sent({ hash: [1, 2] }, { hash: ['set'] })],
  ['a map', sent({ hash: [[1, 2]] }, { hash: ['map'] })],
  ['an expression', sent({ hash: '/a/' }, { hash: ['regexp'] })],
  ['a class', sent({ hash: {} }, { hash: [['class', 'Error']] })],
  ['an error', sent({ hash: { message: 'x' } }, { hash: ['Error'] })],
  ['an address', sent({ hash: 'http://x' }, { hash: ['URL'] })],
  ['what every object has', sent({ hash: 'x' }, { hash: ['constructor'] })],
  ['a number of many digits', sent({ hash: '9'.repeat(1_000) }, { hash: ['bigint'] })],
  ['a number of letters', sent({ hash: '0x1f' }, { hash: ['bigint'] })],
  ['a place that is not there', sent({ hash: 'x' }, { 'hash.a.b': ['bigint'] })],
  ['a place that every object has', sent({ hash: '1' }, { '__proto__.hash': ['bigint'] })],
  ['places below a place', sent({ hash: '1' }, { hash: ['bigint', { a: ['bigint'] }] })],
  ['places of no form', sent({ hash: '1' }, 7)],
];

describe('a value whose kind no screen sends is refused before it is made', () => {
  it.each(hostile)('%s', (_, given) => expect(() => readSentInput(given)).toThrow(TypeError));

  it.each(hostile)('%s: by whoever may ask without an account, 400', async (_, given) => {
    madeOf.length = 0;
    const input = encodeURIComponent(JSON.stringify(given));
    const answer = await new Browser().ask(callByGet, `/api/trpc/statements.verify?input=${input}`, {});
    expect([answer.status, (await answer.json()).error.json.message]).toEqual([400, 'invalid_input']);
    expect(madeOf.filter((from) => from === LENGTH || (from as ArrayLike<unknown>)?.length === LENGTH)).toEqual([]);
  });

  it('in a body, alone and together with others', async () => {
    const given = sent({ clientKey: { length: 5 } }, { clientKey: [['typed-array', 'Int8Array']] });
    const asks = (address: string, body: object) =>
      cashier.ask(callByPost, address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        body: JSON.stringify(body),
      });
    expect((await asks('/api/trpc/orders.createPaid', given)).status).toBe(400);
    expect((await asks('/api/trpc/orders.createPaid,till.open?batch=1', { 0: given, 1: given })).status).toBe(400);
  });
});

describe('what screens send arrives as it was', () => {
  const line = { amount: 140_000n };
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no value', null],
    ['a text', 'x'],
    ['an amount', -7n],
    ['a moment', new Date('2026-10-31T17:00:00Z')],
    ['what is left out, in a list', { of: [undefined, { a: undefined, b: 1 }] }],
    ['names with dots and strokes', { 'a.b': { 'c\\d': [1n, new Date(0)] }, '': 2n }],
    ['the same thing twice', { payments: [line, line], first: line }],
    ['numbers that JSON lacks', { a: Number.NaN, b: -0, c: Number.POSITIVE_INFINITY }],
  ])('%s', (_, value) => {
    const arrived = JSON.parse(JSON.stringify(transformer.serialize(value)));
    expect(readSentInput(arrived)).toEqual(value);
  });
});

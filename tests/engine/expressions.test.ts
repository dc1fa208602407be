import { describe, expect, it } from 'vitest';
import { indexOf, keyOf, matches } from '../../inngest/engine/protocol/expressions';
import { leavesOf } from '../../inngest/engine/protocol/member-paths';
import { createRig, until } from './setup';

const event = {
  name: 'table/event',
  data: { x: 2, user: 'u1', vip: true, tags: ['a', 'b'], a: { b: 1 }, s: 'hello', nul: null, id: '7' },
};

/** The official server's answers. */
const TABLE: [string, boolean][] = [
  ['event.data.x > 1', true],
  ['event.data.x == 2', true],
  ['event.data.x == 2.0', true],
  ['has(event.data.x)', true],
  ['has(event.data.missing)', false],
  ['!has(event.data.missing)', true],
  ['!has(event.data.missing) || event.data.missing == 1', true],
  ["'a' in event.data.tags", true],
  ['size(event.data.tags) == 2', true],
  ["event.data.tags.exists(t, t == 'b')", true],
  ['event.data.vip ? true : false', true],
  ['event.data["user"] == \'u1\'', true],
  ["event.data.s.startsWith('he')", true],
  ["event.data.s.matches('^h.*o$')", true],
  ['int("7") + 1 == 8', true],
  ["event.data.missing == 'q'", false],
  ["event.data.missing.deep == 'q'", false],
  ["event.data.missing != 'q'", true],
  ['event.data.missing == null', true],
  ['event.data.nul == null', true],
  ["event.data.missing == 'q' || event.data.x == 2", true],
  ['event.data.id == 7', false],
  ["event.data.user + event.data.x == 'u12'", true],
  ['event.data.x * 2 == 4', false],
  ['!event.data.missing', false],
  ['event.data.missing > 1', false],
  ["event.data.x > '1'", false],
  ['event.data.s', false],
  ['event.data.x', false],
  ['event.data.vip', true],
  ["lowercase('ABC') == 'abc'", true],
  ["uppercase('abc') == 'ABC'", true],
  ["b64decode('aGk=') == 'hi'", true],
  ['json_parse(\'{"k":"v"}\').k == \'v\'', true],
  ["date('2020-01-01T00:00:00Z') < now()", true],
  ["date('2020-01-01T00:00:00Z') < now_minus('1h')", true],
  ["now_plus('1h') > now()", true],
  ['this is no expression', false],
];

describe('triggers', () => {
  it('start exactly the functions whose expression is true', async () => {
    const readable = TABLE.filter(([expression]) => expression !== 'this is no expression');
    const rig = await createRig((client) =>
      readable.map(([expression], n) =>
        client.createFunction({ id: `t${n}`, triggers: [{ event: event.name, if: expression }] }, async () => n),
      ),
    );
    const id = await rig.send(event.name, event.data);
    const expected = readable.flatMap(([expression, yes], n) => (yes ? [`${n} ${expression}`] : [])).sort();
    await until(async () => (await rig.runsOf(id)).length >= expected.length);
    await rig.settled();
    const started = (await rig.runsOf(id)).map(({ output }) => `${output} ${readable[Number(output)]?.[0]}`).sort();
    expect(started).toEqual(expected);
    await rig.close();
  });
});

describe('expressions', () => {
  it.each(TABLE)('%s is %s', (expression, expected) => {
    expect(matches(expression, { event })).toBe(expected);
  });

  it('does not touch the event', () => {
    const before = JSON.stringify(event);
    matches('event.data.gone.deep == null && event.user.id == null', { event });
    expect(JSON.stringify(event)).toBe(before);
  });

  it('compares the trigger with the incoming event', () => {
    expect(matches('event.data.id == async.data.id', { event, async: { data: { id: '7' } } })).toBe(true);
    expect(matches('event.data.id == async.data.id', { event, async: { data: {} } })).toBe(false);
  });

  it('makes keys of any value', () => {
    expect(keyOf('event.data.user', { event })).toBe('u1');
    expect(keyOf('event.data.x', { event })).toBe('2');
    expect(keyOf("event.data.user + '-' + event.data.id", { event })).toBe('u1-7');
    expect(keyOf('event.data.missing', { event })).toBe('');
    expect(keyOf('event.data.x * 2', { event })).toBe('');
  });

  it('makes short keys of long values, and keeps them distinct', () => {
    const long = 'đ'.repeat(10_000);
    const key = keyOf('event.data.s', { event: { data: { s: long } } });
    expect(key.length).toBeLessThan(300);
    expect(keyOf('event.data.s', { event: { data: { s: `${long}.` } } })).not.toBe(key);
    expect(indexOf('event.data.s == async.data.s', { data: { s: long } })).toBe(leavesOf({ data: { s: long } })?.[0]);
  });

  it('does not read what an object has by nature', () => {
    const scope = { event: { data: {} } };
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(matches(`event.data.${name} == null`, scope)).toBe(true);
      expect(matches(`has(event.data.${name})`, scope)).toBe(false);
      expect(matches(`event.data.${name}.x == null`, scope)).toBe(true);
    }
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    const own = JSON.parse(
      '{"data":{"constructor":"c","__proto__":{"x":1},"list":[{"constructor":1}],"n":2}}',
    ) as object;
    for (const expression of ["event.data.constructor == 'c'", 'event.data.__proto__.x == 1', 'event.data.n == 2'])
      expect(matches(expression, { event: own })).toBe(true);
    expect(matches('event.data.list[0].constructor == 1', { event: own })).toBe(true);
  });

  it('finds waits by the text they insist on', () => {
    expect(indexOf('event.data.id == async.data.id', event)).toBe('data.id="7"');
    expect(indexOf("async.data.kind == 'go' && async.data.n > 1", event)).toBe('data.kind="go"');
    expect(indexOf('async.data.n == event.data.x', event)).toBe('');
    expect(indexOf('event.data.id == async.data.id || true', event)).toBe('');
    expect(leavesOf({ name: 'n', data: { id: '7', n: 1 } })).toEqual(['name="n"', 'data.id="7"']);
    expect(
      leavesOf({ data: Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`k${i}`, 'v'])) }),
    ).toBeUndefined();
  });
});

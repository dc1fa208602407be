import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, type RawApp, startRawApp, stepRun } from './raw-app';
import { createRig, EVENT_KEY, type Rig, until } from './setup';

let rig: Rig;
const failed = new Map<string, unknown>();
const finished = new Map<string, unknown>();

interface Carrier {
  key: string;
  value: unknown;
}

beforeAll(async () => {
  rig = await createRig((client) => {
    const echo = client.createFunction({ id: 'echo', triggers: [{ event: 'values/echo' }] }, async ({ event }) => {
      return (event.data as unknown as Carrier).value;
    });
    return [
      echo,
      client.createFunction(
        { id: 'everywhere', triggers: [{ event: 'values/everywhere' }] },
        async ({ event, step }) => {
          const { value } = event.data as Carrier;
          const inStep = await step.run('step', () => value);
          const invoked = await step.invoke('child', { function: echo, data: { value } });
          const waited = await step.waitForEvent('wait', {
            event: 'values/more',
            timeout: '1h',
            if: 'event.data.key == async.data.key',
          });
          return { inStep, invoked, waited: waited?.data.value };
        },
      ),
      client.createFunction(
        {
          id: 'failing',
          retries: 0,
          triggers: [{ event: 'values/failing' }],
          onFailure: async ({ event }: { event: { data: { event: { data: Carrier } } } }) => {
            const { key, value } = event.data.event.data;
            failed.set(key, value);
          },
        },
        async ({ event }) => {
          throw new Error(`broken by ${JSON.stringify((event.data as Carrier).value).slice(0, 100)}`);
        },
      ),
      client.createFunction({ id: 'hears', triggers: [{ event: 'inngest/function.finished' }] }, async ({ event }) => {
        const { key, value } = (event.data as unknown as { event: { data: Carrier } }).event.data;
        if (key) finished.set(key, value);
      }),
    ];
  });
});
afterAll(() => rig.close());

/** Sends JSON as it stands: what a client in JavaScript would not write. */
async function sendText(name: string, data: string): Promise<string> {
  const { status, body } = await rig.api(`/e/${EVENT_KEY}`, {
    method: 'POST',
    body: `{"name":"${name}","data":${data}}`,
  });
  expect(status).toBe(200);
  return (body as { ids: string[] }).ids[0] ?? '';
}

/** Values as JSON, and what becomes of them where that is not the same. */
const VALUES: [string, string, string?][] = [
  ['an escaped NUL', '"a\\u0000b"'],
  ['a NUL in a key', '{"a\\u0000b":"\\u0000"}'],
  ['a pair of surrogates', '"\\ud83d\\ude00"'],
  ['half a character', '"x\\ud83d y\\ude00"', '"x\ufffd y\ufffd"'],
  ['half a character in a key', '{"\\udc00":1}', '{"\ufffd":1}'],
  ['an escaped backslash before hexadecimal', '"\\\\ud83d"'],
  ['control characters', '"\\u0001\\u001f\\u007f\\u2028"'],
  ["names of an object's own", '{"constructor":{"prototype":{"x":1}},"toString":"x","hasOwnProperty":null}'],
  ['a number beyond 2^53', '9007199254740993', '9007199254740992'],
  ['a number beyond all', '[1e400,-1e400]', '[null,null]'],
  ['the smallest numbers', '[5e-324,-0.1,1.7976931348623157e308]'],
  ['the same key twice', '{"a":1,"a":2}', '{"a":2}'],
  ['a long text', `"${'đơn thuốc '.repeat(20_000)}"`],
  ['deep nesting', `${'[{"a":'.repeat(400)}1${'}]'.repeat(400)}`],
  ['nothing', 'null'],
  ['an empty text', '""'],
];

describe('odd values', () => {
  it.each(VALUES)('carries %s through steps, invocations, waits and results', async (name, json, becomes = json) => {
    const expected = JSON.parse(becomes) as unknown;
    const data = `{"key":${JSON.stringify(name)},"value":${json}}`;
    const id = await sendText('values/everywhere', data);
    await until(async () => (await rig.db.query(`SELECT 1 FROM waits WHERE subject = 'values/more'`)).length > 0);
    await sendText('values/more', data);
    const run = await rig.ended(id);
    expect(run).toMatchObject({ status: 'Completed' });
    expect(run.output).toEqual({ inStep: expected, invoked: expected, waited: expected });
    expect(await until(() => finished.has(name) && [finished.get(name)])).toEqual([expected]);
  });

  it.each(VALUES)(
    'ends a run that fails with %s in its event, and passes it to onFailure',
    async (name, json, becomes = json) => {
      const id = await sendText('values/failing', `{"key":${JSON.stringify(name)},"value":${json}}`);
      expect(await rig.ended(id)).toMatchObject({ status: 'Failed', output: { name: 'Error' } });
      expect(await until(() => failed.has(name) && [failed.get(name)])).toEqual([JSON.parse(becomes)]);
    },
  );
});

describe('odd answers', () => {
  let raw: RawApp;
  afterAll(() => raw.close());

  it('keeps steps of any name and result, or fails the run with the reason', async () => {
    const keys: string[] = [];
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    raw = await startRawApp(rig, 'odd', {
      names: {
        answer: ({ body, response }) => {
          const ids = ['__proto__', 'constructor', 'toString', 'valueOf'];
          if (body.ctx.stack.stack.length === 0)
            return answer(
              response,
              206,
              ids.map((id) => stepRun(id, id)),
            );
          keys.push(...Object.keys(body.steps));
          answer(response, 200, '"done"');
        },
      },
      members: { answer: ({ body, response }) => answer(response, 200, JSON.stringify(body.event.data)) },
      'nul-name': {
        answer: ({ body, response }) => {
          if ('a' in body.steps) return answer(response, 200, body.steps.a);
          answer(response, 206, [{ ...stepRun('a', 'x\0y'), displayName: 'n\0ul \ud800' }]);
        },
      },
      'nul-id': { answer: ({ response }) => answer(response, 206, [stepRun('a\0b', 1)]) },
      'long-id': { answer: ({ response }) => answer(response, 206, [stepRun(randomText(9_000), 1)]) },
      'deep-result': { answer: ({ response }) => answer(response, 200, nested(200_000)) },
      'deep-step': {
        answer: ({ response }) => answer(response, 206, `[{"id":"a","op":"StepRun","data":${nested(20_000)}}]`),
      },
      'error-nul': {
        answer: ({ response }) =>
          answer(response, 400, { name: 'N\0', message: 'm\0 \ud800', stack: 's' }, { 'x-inngest-no-retry': 'true' }),
      },
    });
    const send = async (id: string) => rig.ended(await rig.send(`odd/${id}`));
    expect(await send('names')).toMatchObject({ status: 'Completed', output: 'done' });
    expect(keys).toEqual(['__proto__', 'constructor', 'toString', 'valueOf']);
    const data = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"a":1}';
    const members = await rig.ended(await sendText('odd/members', data));
    expect(JSON.stringify(members.output)).toBe(data);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(await send('nul-name')).toMatchObject({ status: 'Completed', output: { data: 'x\0y' } });
    for (const id of ['nul-id', 'long-id', 'deep-result', 'deep-step'])
      expect({ id, ...(await send(id)) }).toMatchObject({
        id,
        status: 'Failed',
        output: { message: expect.stringContaining('cannot be stored') },
      });
    expect(await send('error-nul')).toMatchObject({ status: 'Failed', output: { name: 'N\0', message: 'm\0 \ufffd' } });
  });
});

function randomText(length: number): string {
  return Array.from({ length }, () => Math.random().toString(36)[2]).join('');
}

describe('poisoned messages', () => {
  it('sets an event aside that cannot be routed, with the reason, and routes all the others', async () => {
    // The trigger cannot read what the tests before sent.
    await rig.settled();
    await rig.db.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF (SELECT payload->'data'->>'key' FROM events WHERE id = NEW.event_id) = 'poison' THEN RAISE 'poisoned'; END IF;
      RETURN NEW; END $$`);
    await rig.db.query('CREATE TRIGGER refuse BEFORE INSERT ON runs FOR EACH ROW EXECUTE FUNCTION refuse()');
    const items = Array.from({ length: 40 }, (_, n) => ({ key: n % 10 === 3 ? 'poison' : `good ${n}`, value: n }));
    const ids = await rig.sendAll('values/echo', items);
    const good = ids.filter((_, n) => n % 10 !== 3);
    const runs = await rig.allEnded(good);
    expect(runs.every((run) => run.status === 'Completed')).toBe(true);
    const aside = await until(async () => {
      const rows = await rig.db.query<{ event_id: string; problem: string }>(
        'SELECT event_id, problem FROM set_aside ORDER BY seq',
      );
      return rows.length === 4 && rows;
    });
    expect(aside.map((row) => row.event_id)).toEqual(ids.filter((_, n) => n % 10 === 3));
    expect(aside.every((row) => row.problem === 'poisoned')).toBe(true);
    expect(await rig.ended(await rig.send('values/echo', { key: 'after', value: 'after' }))).toMatchObject({
      status: 'Completed',
      output: 'after',
    });
  });
});

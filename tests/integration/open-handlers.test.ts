import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { GET as introspect, PUT as register, POST as run } from '@/app/api/inngest/route';
import { GET as ready } from '@/app/health/ready/route';
import { GET as metrics } from '@/app/metrics/route';
import { withDatabase } from './database';

const TOKEN = randomBytes(24).toString('hex');
withDatabase({
  METRICS_TOKEN: TOKEN,
  INNGEST_DEV: '0',
  INNGEST_SIGNING_KEY: `signkey-test-${'0a'.repeat(32)}`,
  INNGEST_BASE_URL: 'http://127.0.0.1:1',
});

type Asked = Parameters<typeof run>[0];
const asked = (method: string, body?: string, headers: Record<string, string> = {}) =>
  new Request('http://attacker.test/api/inngest', {
    method,
    headers: { host: 'attacker.test', ...headers },
    ...(body === undefined ? {} : { body }),
  }) as unknown as Asked;

describe('the handler of background work', () => {
  const noContext = undefined as never;
  const signed = { 'x-inngest-signature': `t=${Math.floor(Date.now() / 1000)}&s=${'0'.repeat(64)}` };

  it.each([
    ['unsigned', {}],
    ['signed by somebody else', signed],
  ])('runs nothing that comes %s', async (_, headers) => {
    const answer = await run(asked('POST', '{"event":{},"events":[{}],"steps":{},"ctx":{}}', headers), noContext);
    expect(answer.status).toBe(401);
  });

  it('registers with nobody who asks unsigned, wherever the request says that it came to', async () => {
    const answer = await register(asked('PUT', '{}'), noContext);
    expect([401, 403]).toContain(answer.status);
    expect(await answer.text()).not.toContain('attacker.test');
  });

  it('answers what is no JSON with 400, and keeps none of its words', async () => {
    for (const method of [run, register]) {
      const answer = await method(asked(method === run ? 'POST' : 'PUT', '{"Nguyễn', signed), noContext);
      expect([answer.status, await answer.text()]).toEqual([400, '']);
    }
  });

  it('shows a stranger none of its functions', async () => {
    const answer = await introspect(asked('GET'), noContext);
    expect(await answer.text()).not.toMatch(/orders-bulk-upload|signkey/);
  });
});

describe('the figures of the process', () => {
  const ask = (authorization?: string) =>
    metrics(
      new Request('http://portal.test/metrics', authorization === undefined ? {} : { headers: { authorization } }),
    );

  it('are shown to who has the token alone', async () => {
    const answer = await ask(`Bearer ${TOKEN}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^text\/plain; version=/),
    ]);
    expect(await answer.text()).toContain('portal_outbox_delivered_total');
    for (const other of [undefined, '', TOKEN, `Bearer ${TOKEN}x`, 'Bearer ']) {
      const refused = await ask(other);
      expect([refused.status, await refused.text()]).toEqual([401, 'Unauthorized']);
    }
  });
});

describe('readiness', () => {
  it('says that the database answers, and is never cached', async () => {
    const answer = await ready();
    expect([answer.status, await answer.json(), answer.headers.get('cache-control')]).toEqual([
      200,
      { status: 'ok', database: true },
      'no-store',
    ]);
  });
});

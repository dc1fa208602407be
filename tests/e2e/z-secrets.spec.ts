import { expect, test } from '@playwright/test';
import { searchFor } from './support/leaks';
import { secretsOfInstance, tracesOfInstance } from './support/traces';

// The last file by its name: it looks at what the other walks left behind.
const TOKEN = 'q7Rk2-ZtV0xW_n3bLp9sYcA4dEfGhIjKlMnOpQrSt1U';

test.describe('the search itself', () => {
  const search = searchFor({
    names: ['Nguyễn Thị Đào', 'Lê Văn Nam', 'Mai'],
    phones: ['+84912345678'],
    codes: ['048213'],
    tokens: [TOKEN],
    keys: { otpKey: 'c0ffee'.repeat(8) },
  });

  for (const [text, found] of [
    ['{"msg":"sold","who":"Nguyễn Thị Đào"}', 'a patient’s name'],
    ['search_key: nguyen thi dao', 'a patient’s name'],
    ['GET /api/trpc/patients.find?input=%7B%22search%22%3A%22L%C3%AA%20V%C4%83n%20Nam%22%7D', 'a patient’s name'],
    [String.raw`{"name":"L\u00ea V\u0103n Nam"}`, 'a patient’s name'],
    ['{"to":"+84912345678"}', 'a phone'],
    ['sms to 0912345678 failed', 'a phone'],
    ['{"code":"048213"}', 'a code'],
    ['Mã: 048213', 'a code'],
    [`GET /s/${TOKEN.replace('q', 'x')} 200`, 'a token'],
    [`{"value":"${TOKEN}"}`, 'a token'],
    [`OTP_KEY=${'c0ffee'.repeat(8)}`, 'the secret otpKey'],
  ] as const) {
    test(`finds ${found} in ${text.slice(0, 40)}`, () => expect(search(text)).toEqual([found]));
  }

  for (const text of [
    '{"branch":"Phường Mai Dịch","doctor":"Lê Văn Namoto"}',
    '{"count":84912345679,"at":1795181583459,"id":"01a1f929-1c97-7ed6-aa35-849123456780"}',
    '{"amount":"048213","order":"Q3-261120-0001","code":"bad_phone"}',
    `{"sha256":"${'ab'.repeat(32)}","path":"/s/view"}`,
  ]) {
    test(`is quiet at ${text.slice(0, 40)}`, () => expect(search(text)).toEqual([]));
  }
});

test('no secret, code, token, name or phone stands in logs, events, audit trail, messages or the engine’s tables', async () => {
  const secrets = await secretsOfInstance();
  for (const kind of ['names', 'phones', 'codes', 'tokens'] as const) {
    expect(secrets[kind].length, `the walks left ${kind} to look for`).toBeGreaterThan(0);
  }
  expect(Object.keys(secrets.keys).length, 'the instance has keys to look for').toBeGreaterThan(0);
  const traces = await tracesOfInstance();
  for (const place of [
    'logs/web.log',
    'outbox_event.data',
    'audit_entry.detail',
    'message.params',
    // Another server keeps its events elsewhere.
    ...(traces.some(({ place }) => place.startsWith('inngest_engine.')) ? ['inngest_engine.events'] : []),
  ]) {
    expect(traces.find((trace) => trace.place === place)?.texts.length ?? 0, `${place} was read`).toBeGreaterThan(0);
  }
  const search = searchFor(secrets);
  // What was found is not repeated here: this report is a log, too.
  const leaks = traces.flatMap(({ place, texts }) =>
    texts.flatMap((text) => search(text).map((what) => `${place}: ${what}`)),
  );
  expect([...new Set(leaks)]).toEqual([]);
});

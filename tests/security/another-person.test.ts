import { beforeAll, describe, expect, it, vi } from 'vitest';
import { GET as exportOf } from '@/app/api/lists/[list]/export/route';
import { GET as callByGet, POST as callByPost } from '@/app/api/trpc/[trpc]/route';
import { transformer } from '@/server/api/transformer';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from '../integration/database';
import { Browser } from '../integration/next-request';
import { countOf, makeFixture, makeStaff } from '../integration/till-fixture';

vi.mock('next/headers', async () => (await import('../integration/next-headers')).nextHeaders);
withDatabase();

let [an, binh]: StaffActor[] = [];
let browser: Browser;
beforeAll(async () => {
  await makeFixture();
  [an, binh] = [await makeStaff('cashier'), await makeStaff('branch-manager')];
  browser = await new Browser().signIn(binh as StaffActor);
});

/** What a page says that was shown to a person. */
const shownTo = (person: StaffActor | undefined) => ({ 'x-person': person?.id ?? '' });
const reads = (headers: Record<string, string>) => browser.ask(callByGet, '/api/trpc/orders.today', { headers });
const registers = (headers: Record<string, string>) =>
  browser.ask(callByPost, '/api/trpc/patients.register', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify(
      transformer.serialize({ fullName: 'Đỗ Thị Lan', dob: '1988-02-03', sex: 'female', phone: '0903000111' }),
    ),
  });

describe('a page that was shown to somebody, in a browser where another person has signed in since', () => {
  it('reads nothing in the name of the other one', async () => {
    const answer = await reads(shownTo(an));
    expect([answer.status, JSON.stringify(await answer.json())]).toEqual([
      401,
      expect.stringContaining('sign_in_first'),
    ]);
    const file = await browser.ask(exportOf, '/api/lists/orders/export?format=csv', {
      params: { list: 'orders' },
      headers: shownTo(an),
    });
    expect(file.status).toBe(401);
  });

  it('does nothing in the name of the other one', async () => {
    const before = await countOf('patient');
    expect((await registers(shownTo(an))).status).toBe(401);
    expect(await countOf('patient')).toBe(before);
  });

  it('is no obstacle to the pages of who is signed in, nor to a program that has none', async () => {
    expect([(await reads(shownTo(binh))).status, (await reads({})).status]).toEqual([200, 200]);
    expect((await registers(shownTo(binh))).status).toBe(200);
  });
});

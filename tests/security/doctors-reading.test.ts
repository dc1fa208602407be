import { NextRequest } from 'next/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { proxy } from '@/proxy';
import { storeDocument } from '@/server/modules/core/documents/public/store-document';
import { recordView } from '@/server/modules/referral/statement-access/public/record-view';
import { downloadStatement } from '@/server/modules/referral/statement-access/use-cases/download-statement';
import { resolveGateSession } from '@/server/modules/referral/statement-access/use-cases/resolve-gate-session';
import { verifyCode } from '@/server/modules/referral/statement-access/use-cases/verify-code';
import { type DoctorActor, systemActor } from '@/server/platform/actor';
import { withDatabase } from '../integration/database';
import {
  anotherAddress,
  askForCode,
  bindLocalMessages,
  makeDoctor,
  rowsOf,
  visitor,
} from '../integration/gate-fixture';

withDatabase();
beforeAll(bindLocalMessages);

describe('a doctor', () => {
  const eventsOf = async (linkId: string) =>
    (await rowsOf<{ kind: string }>('SELECT kind FROM link_event WHERE link_id = $1 ORDER BY at, id', [linkId])).map(
      ({ kind }) => kind,
    );

  it('reading through another address than the one that passed the gate leaves a link event', async () => {
    const of = await makeDoctor();
    const home = anotherAddress();
    const { code, browser } = await askForCode(of, home);
    const { session } = await verifyCode({ token: of.token, browser, visitor: visitor({ addressHash: home }), code });
    const passed = await resolveGateSession({ token: session });
    const actor: DoctorActor = { kind: 'doctor', id: of.doctorId, correlationId: 'test', ...passed, linkId: of.linkId };
    const before = await eventsOf(of.linkId);
    for (let n = 0; n < 3; n += 1) await recordView({ actor, visitor: visitor({ addressHash: home }) });
    expect((await eventsOf(of.linkId)).slice(before.length)).toEqual(['viewed']);
    const away = visitor({ addressHash: anotherAddress() });
    for (let n = 0; n < 3; n += 1) await recordView({ actor, visitor: away });
    expect((await eventsOf(of.linkId)).slice(before.length)).toEqual(['viewed', 'viewed-elsewhere']);
  });

  it('taking a file leaves one a quarter of an hour, from elsewhere too', async () => {
    const of = await makeDoctor();
    const bytes = Buffer.from('pdf');
    await storeDocument({
      actor: systemActor('test'),
      kind: 'statement',
      ownerId: of.statementId,
      language: 'vi',
      bytes,
    });
    const actor: DoctorActor = {
      kind: 'doctor',
      id: of.doctorId,
      linkId: of.linkId,
      verifiedFrom: anotherAddress(),
      correlationId: 'test',
    };
    for (let n = 0; n < 3; n += 1) await downloadStatement({ actor, document: { language: 'vi' }, visitor: visitor() });
    expect(await eventsOf(of.linkId)).toEqual(['downloaded', 'viewed-elsewhere']);
  });
});

describe('what is no reading', () => {
  const asked = async (where: string, method: string, headers: Record<string, string> = {}) =>
    proxy(new NextRequest(`http://portal.test${where}`, { method, headers }));
  const PAGES = [
    '/s/view',
    `/s/${'A'.repeat(43)}`,
    '/patients/1',
    '/orders/1/receipt',
    '/api/documents/1',
    '/api/trpc/patients.byId',
  ];

  it.each(PAGES)('%s: headers alone are answered without the page', async (where) => {
    expect((await asked(where, 'HEAD')).status).toBe(405);
  });

  it.each(PAGES)('%s: a prefetch gets nothing to read, so that none goes past the count', async (where) => {
    for (const name of ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'])
      expect((await asked(where, 'GET', { [name]: 'prefetch;prerender' })).status).toBe(503);
  });

  it('leaves monitors their HEAD, and people their pages', async () => {
    for (const where of ['/health/live', '/health/ready', '/sign-in']) {
      expect((await asked(where, 'HEAD')).status).toBe(200);
    }
    expect((await asked('/s/view', 'GET')).status).toBe(200);
  });
});

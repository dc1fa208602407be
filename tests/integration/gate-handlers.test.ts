import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { GET as documentById } from '@/app/api/documents/[id]/route';
import { POST as askForCode } from '@/app/s/[token]/code/route';
import { GET as languageOfGate } from '@/app/s/[token]/language/route';
import { POST as seen } from '@/app/s/[token]/seen/route';
import { POST as verify } from '@/app/s/[token]/verify/route';
import { GET as languageOfView } from '@/app/s/view/language/route';
import { POST as leave } from '@/app/s/view/leave/route';
import { HEAD as headOfPdf, GET as pdf } from '@/app/s/view/pdf/route';
import { GET as languageOfSeal } from '@/app/verify/[hash]/language/route';
import { storeDocument } from '@/server/modules/core/documents/public/store-document';
import { sendOtp } from '@/server/modules/referral/statement-access/public/send-otp';
import { withDatabase } from './database';
import {
  actor,
  bindLocalMessages,
  type DoctorAtGate,
  makeDoctor,
  newestChallenge,
  newestCode,
  passPause,
} from './gate-fixture';
import { AGENT, Browser } from './next-request';
import { countOf, makeFixture, makeStaff, oneOf, rowsOf } from './till-fixture';

vi.mock('next/headers', async () => (await import('./next-headers')).nextHeaders);
withDatabase();

let doctor: DoctorAtGate;
let documents: Record<'vi' | 'en', string>;
beforeAll(async () => {
  await makeFixture();
});
beforeEach(async () => {
  bindLocalMessages();
  doctor = await makeDoctor();
  const store = async (language: 'vi' | 'en') =>
    (
      await storeDocument({
        actor,
        kind: 'statement',
        ownerId: doctor.statementId,
        language,
        bytes: Buffer.from(`%PDF-${language}`),
      })
    ).documentId;
  documents = { vi: await store('vi'), en: await store('en') };
});

const paramsOf = () => ({ token: doctor.token });
const ask = (who: Browser, form: object = { channel: 'sms' }, site?: string) =>
  who.post(askForCode, `/s/${doctor.token}/code`, form, paramsOf(), site);
const enter = (who: Browser, code: string, site?: string) =>
  who.post(verify, `/s/${doctor.token}/verify`, { code }, paramsOf(), site);
const ledTo = (answer: Response) => [answer.status, answer.headers.get('location')];

/** A browser that has passed the gate. */
async function passed(): Promise<Browser> {
  const who = new Browser();
  await passPause();
  await ask(who);
  await sendOtp({ actor, challengeId: await newestChallenge(doctor.linkId) });
  await enter(who, await newestCode(doctor.phone ?? ''));
  return who;
}

const wrongFor = async (): Promise<string> => {
  const code = await newestCode(doctor.phone ?? '');
  return code === '000000' ? '000001' : '000000';
};

describe('a code', () => {
  it('is sent for a plain form, and bound to the browser that asked for an hour', async () => {
    const who = new Browser();
    expect(ledTo(await ask(who))).toEqual([303, `/s/${doctor.token}`]);
    expect(who.set.get('gate_browser')).toMatchObject({
      value: expect.stringMatching(/.{20,}/),
      options: { httpOnly: true, sameSite: 'lax', path: '/', maxAge: 3600 },
    });
    const row = await oneOf('SELECT channel FROM otp_challenge WHERE link_id = $1', [doctor.linkId]);
    expect(row).toEqual({ channel: 'sms' });
  });

  it('goes by mail where that is asked for', async () => {
    await ask(new Browser(), { channel: 'email' });
    expect(await oneOf('SELECT channel FROM otp_challenge WHERE link_id = $1', [doctor.linkId])).toEqual({
      channel: 'email',
    });
  });

  it('asked for again too soon leads back with the reason and the seconds', async () => {
    const who = new Browser();
    await ask(who);
    const [status, location] = ledTo(await ask(who));
    expect(status).toBe(303);
    const back = new URL(location as string, 'http://portal.test');
    expect(back.pathname).toBe(`/s/${doctor.token}`);
    expect(back.searchParams.get('problem')).toMatch(/^[a-z_]+$/);
    expect(Number(back.searchParams.get('seconds'))).toBeGreaterThan(0);
    expect(await countOf(`otp_challenge WHERE link_id = '${doctor.linkId}'`)).toBe(1);
  });

  it('opens a session, for which its own cookie goes', async () => {
    const who = new Browser();
    await ask(who);
    await sendOtp({ actor, challengeId: await newestChallenge(doctor.linkId) });
    expect(ledTo(await enter(who, await newestCode(doctor.phone ?? '')))).toEqual([303, '/s/view']);
    expect(who.set.get('gate_session')?.options).toMatchObject({ httpOnly: true, maxAge: 12 * 3600 });
    expect(who.set.get('gate_known')?.options).toMatchObject({ httpOnly: true });
    expect(who.set.get('gate_browser')).toMatchObject({ value: '', options: { maxAge: 0 } });
    expect(await oneOf('SELECT count(*)::int AS n FROM gate_session WHERE link_id = $1', [doctor.linkId])).toEqual({
      n: 1,
    });
  });

  it('that is wrong opens nothing and leads back with the reason', async () => {
    const who = new Browser();
    await ask(who);
    await sendOtp({ actor, challengeId: await newestChallenge(doctor.linkId) });
    const [status, location] = ledTo(await enter(who, await wrongFor()));
    expect([status, location]).toEqual([303, expect.stringMatching(/\?problem=[a-z_]+/)]);
    expect(who.set.has('gate_session')).toBe(false);
  });

  it('is good in the browser that asked for it alone', async () => {
    await ask(new Browser());
    await sendOtp({ actor, challengeId: await newestChallenge(doctor.linkId) });
    const other = new Browser();
    await enter(other, await newestCode(doctor.phone ?? ''));
    expect(other.jar.has('gate_session')).toBe(false);
  });

  it('of a link that there is not leads to the page that says so', async () => {
    doctor = { ...doctor, token: 'x'.repeat(200) };
    expect(ledTo(await ask(new Browser()))).toEqual([303, `/s/${'x'.repeat(100)}`]);
    expect(ledTo(await enter(new Browser(), '123456'))).toEqual([303, `/s/${'x'.repeat(100)}`]);
  });

  it('is neither asked for nor taken for a page of another site, nor for what is no form', async () => {
    for (const send of [ask(new Browser(), {}, 'cross-site'), enter(new Browser(), '123456', 'cross-site')]) {
      expect((await send).status).toBe(403);
    }
    expect(await countOf(`otp_challenge WHERE link_id = '${doctor.linkId}'`)).toBe(0);
    for (const handler of [askForCode, verify]) {
      const headers = { 'content-type': 'application/json' };
      expect(
        (await new Browser().ask(handler, '/', { method: 'POST', body: '{', headers, params: paramsOf() })).status,
      ).toBe(400);
    }
  });
});

describe('the doctor who passed', () => {
  it('takes the PDF away in either language, and each is counted', async () => {
    const who = await passed();
    for (const [query, language] of [
      ['', 'vi'],
      ['?lang=en', 'en'],
      ['?lang=xx', 'vi'],
    ]) {
      const answer = await who.ask(pdf, `/s/view/pdf${query}`, { headers: { 'user-agent': AGENT } });
      expect([answer.status, await answer.text()]).toEqual([200, `%PDF-${language}`]);
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=".+\.pdf"$/);
    }
    const counted = await rowsOf(
      `SELECT count(*)::int AS n FROM link_event WHERE link_id = $1 AND kind = 'downloaded'`,
      [doctor.linkId],
    );
    expect(counted).not.toEqual([{ n: 0 }]);
  });

  it('opens the document of the own statement by its id, and of no other', async () => {
    const who = await passed();
    const own = await who.ask(documentById, '/', { params: { id: documents.en }, headers: { 'user-agent': AGENT } });
    expect([own.status, await own.text()]).toEqual([200, '%PDF-en']);
    expect(own.headers.get('content-disposition')).toMatch(/^inline/);
    const theirs = documents;
    doctor = await makeDoctor();
    const other = await passed();
    expect((await other.ask(documentById, '/', { params: { id: theirs.en } })).status).toBe(404);
  });

  it('and is signed in as staff as well, opens what either may, and nobody else’s', async () => {
    const mine = documents.vi;
    const other = await makeDoctor();
    const theirs = await storeDocument({
      actor,
      kind: 'statement',
      ownerId: other.statementId,
      language: 'vi',
      bytes: Buffer.from('%PDF-x'),
    });
    const finance = await passed();
    await finance.signIn(await makeStaff('finance', null));
    const open = async (who: Browser, id: string) => (await who.ask(documentById, '/', { params: { id } })).status;
    expect([await open(finance, mine), await open(finance, theirs.documentId)]).toEqual([200, 200]);
    const cashier = await passed();
    await cashier.signIn(await makeStaff('cashier', 'Q1'));
    expect([await open(cashier, mine), await open(cashier, theirs.documentId)]).toEqual([200, 404]);
    expect(await open(new Browser(), mine)).toBe(404);
  });

  it('is gone when the browser leaves, and a page of another site sends nobody away', async () => {
    const who = await passed();
    const good = async () => (await who.ask(pdf, '/s/view/pdf')).status;
    expect((await who.post(leave, '/s/view/leave', {}, {}, 'cross-site')).status).toBe(403);
    expect(await good()).toBe(200);
    const kept = who.jar.get('gate_session') ?? '';
    expect(ledTo(await who.post(leave, '/s/view/leave', {}, {}))).toEqual([303, '/s/view']);
    expect(who.set.get('gate_session')).toMatchObject({ value: '', options: { maxAge: 0 } });
    who.jar.set('gate_session', kept);
    expect(ledTo(await who.ask(pdf, '/s/view/pdf'))).toEqual([303, '/s/view']);
  });

  it('who asks for the PDF before it is rendered gets a sentence in the own language, and the page asks again', async () => {
    doctor = await makeDoctor();
    const who = await passed();
    for (const [locale, sentence] of [
      ['vi', 'Tệp PDF đang được chuẩn bị.'],
      ['en', 'The PDF is being made.'],
    ] as const) {
      who.jar.set('locale', locale);
      const answer = await who.ask(pdf, '/s/view/pdf?lang=en', { headers: { accept: 'text/html,*/*' } });
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      const page = await answer.text();
      expect(page).toContain(sentence);
      expect(page).toContain(`<html lang="${locale}">`);
      expect(page).toContain('<meta http-equiv="refresh" content="5;url=/s/view/pdf?lang=en">');
    }
    const program = await who.ask(pdf, '/s/view/pdf');
    expect([program.status, await program.text()]).toEqual([503, '']);
  });

  it('HEAD shows no PDF', () => {
    expect([headOfPdf().status, headOfPdf().headers.get('allow')]).toEqual([405, 'GET']);
  });
});

describe('the pages of the gate', () => {
  it('confirm a visit when their script runs, and say nothing else', async () => {
    const who = new Browser();
    const answer = await who.post(seen, `/s/${doctor.token}/seen`, {}, paramsOf());
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    const answered = await rowsOf(`SELECT 1 FROM link_event WHERE link_id = $1 AND kind = 'confirmed'`, [
      doctor.linkId,
    ]);
    expect(answered).toHaveLength(1);
    expect((await who.post(seen, '/', {}, { token: 'no-such' })).status).toBe(404);
  });

  it('remember the language for a year, and take what is none for Vietnamese', async () => {
    const who = new Browser();
    const at = (to: string) => who.ask(languageOfGate, `/s/${doctor.token}/language?to=${to}`, { params: paramsOf() });
    expect(ledTo(await at('en'))).toEqual([303, `/s/${doctor.token}?lang=1`]);
    expect(who.set.get('locale')).toEqual({ value: 'en', options: { path: '/', maxAge: 31_536_000, sameSite: 'lax' } });
    await at('xx');
    expect(who.set.get('locale')?.value).toBe('vi');
    expect(ledTo(await who.ask(languageOfView, '/s/view/language?to=en'))).toEqual([303, '/s/view']);
    expect(who.set.get('locale')?.value).toBe('en');
    const hash = 'a'.repeat(64);
    const sealed = await who.ask(languageOfSeal, `/verify/${hash}/language?to=vi`, {
      params: { hash },
    });
    expect(ledTo(sealed)).toEqual([303, `/verify/${hash}`]);
    expect(who.set.get('locale')?.value).toBe('vi');
  });
});

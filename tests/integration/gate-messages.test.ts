import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { notificationKinds } from '@/inngest/functions/core/notification-kinds';
import { createLocalEmail } from '@/server/integrations/email/local';
import { email } from '@/server/integrations/email/port';
import { createSmtpEmail } from '@/server/integrations/email/smtp';
import { createHttpSms } from '@/server/integrations/sms/http';
import { sms } from '@/server/integrations/sms/port';
import { failMessage } from '@/server/modules/core/notifications/public/fail-message';
import { sendMessages } from '@/server/modules/core/notifications/public/send-messages';
import { listBox } from '@/server/modules/core/notifications/use-cases/list-box';
import { sendOtp } from '@/server/modules/referral/statement-access/public/send-otp';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';
import { verifyCode } from '@/server/modules/referral/statement-access/use-cases/verify-code';
import { PortalError } from '@/server/platform/errors';
import { withDatabase } from './database';
import {
  actor,
  anotherAddress,
  bindLocalMessages,
  makeDoctor,
  newestChallenge,
  newestCode,
  rowsOf,
  visitor,
} from './gate-fixture';

withDatabase();
beforeEach(bindLocalMessages);

const failing = { send: () => Promise.reject(new PortalError('unavailable', 'sms_unavailable')) };
const noMail = { send: () => Promise.reject(new PortalError('unavailable', 'email_unavailable')) };

const refusing = { send: () => Promise.reject(new PortalError('invalid', 'email_refused')) };

const notice = (linkId: string) => ({
  actor,
  notifications: [{ template: 'statement-published' as const, dedupeKey: `statement-published:${linkId}`, linkId }],
  kinds: notificationKinds,
});

const messageOf = async (linkId: string) =>
  (
    await rowsOf<Record<string, unknown>>('SELECT * FROM message WHERE dedupe_key = $1', [
      `statement-published:${linkId}`,
    ])
  )[0];

describe('a notice', () => {
  it('goes out once, however often and however parallel it is asked for', async () => {
    const doctor = await makeDoctor();
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => sendMessages(notice(doctor.linkId))));
    // Who comes while another sends it comes again later, and is not done.
    const vain = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(vain.filter(({ code, retryable }) => code !== 'being_sent' || !retryable)).toEqual([]);
    expect(await sendMessages(notice(doctor.linkId))).toEqual({ sent: 1, failed: 0 });
    const box = await listBox({ actor, to: doctor.phone });
    expect(box).toHaveLength(1);
    expect(box[0]?.text).toContain(`http://portal.test/s/${doctor.token}`);
    expect(box[0]?.text).toContain('bảng kê tháng 10/2026');
    expect(await messageOf(doctor.linkId)).toMatchObject({
      state: 'sent',
      channel: 'sms',
      attempts: 1,
      params: { linkId: doctor.linkId },
    });
    const sent = await rowsOf(`SELECT 1 FROM link_event WHERE link_id = $1 AND kind = 'sent'`, [doctor.linkId]);
    expect(sent).toHaveLength(1);
  });

  it('takes the other channel when the first fails, and waits for another try when both do', async () => {
    const doctor = await makeDoctor({ language: 'en' });
    sms.bind(failing);
    email.bind(refusing);
    await expect(sendMessages(notice(doctor.linkId))).rejects.toMatchObject({
      code: 'sms_unavailable',
      retryable: true,
    });
    expect(await messageOf(doctor.linkId)).toMatchObject({
      state: 'queued',
      attempts: 1,
      failure: 'sms_unavailable',
    });
    email.bind(createLocalEmail());
    await sendMessages(notice(doctor.linkId));
    expect(await messageOf(doctor.linkId)).toMatchObject({
      state: 'sent',
      channel: 'email',
      recipient: doctor.email,
      attempts: 2,
      failure: null,
    });
    const [mail] = await listBox({ actor, to: doctor.email });
    expect(mail?.text).toMatch(/^Sapoche: Dear Dr Hồ Kim Bình, your statement for October 2026/);
  });

  it('is marked failed for recipients without a channel, and when every attempt failed', async () => {
    const nobody = await makeDoctor({ phone: null, email: null });
    expect(await sendMessages(notice(nobody.linkId))).toEqual({ sent: 0, failed: 1 });
    expect(await messageOf(nobody.linkId)).toMatchObject({ state: 'failed', failure: 'no_channel' });
    const doctor = await makeDoctor({ email: null });
    sms.bind(failing);
    await expect(sendMessages(notice(doctor.linkId))).rejects.toThrow();
    await failMessage({ actor, dedupeKey: `statement-published:${doctor.linkId}`, failure: 'sms_unavailable' });
    expect(await messageOf(doctor.linkId)).toMatchObject({ state: 'failed', failure: 'sms_unavailable' });
  });
});

describe('a code', () => {
  it('goes by e-mail when SMS fails, and a second try sends another code', async () => {
    const doctor = await makeDoctor();
    const by = visitor({ addressHash: anotherAddress(), method: 'POST' });
    const { browser } = await requestCode({ token: doctor.token, browser: null, visitor: by, channel: 'sms' });
    const challengeId = await newestChallenge(doctor.linkId);
    const reported: string[] = [];
    const lossy = {
      send: ({ text }: { text: string }) => {
        reported.push(text);
        return failing.send();
      },
    };
    sms.bind(lossy);
    email.bind(noMail);
    await expect(sendOtp({ actor, challengeId })).rejects.toMatchObject({ retryable: true });
    email.bind(createLocalEmail());
    expect(await sendOtp({ actor, challengeId })).toEqual({ sent: true });
    expect(await sendOtp({ actor, challengeId })).toEqual({ sent: false });
    const code = await newestCode(doctor.email ?? '');
    const [first, second] = reported.map((text) => /\d{6}/.exec(text)?.[0]);
    expect(second).toBe(code);
    if (first !== code) {
      const lost = verifyCode({ token: doctor.token, browser, visitor: by, code: first ?? '' });
      await expect(lost).rejects.toMatchObject({ code: 'wrong_code' });
    }
    expect((await verifyCode({ token: doctor.token, browser, visitor: by, code })).session).toMatch(/^[\w-]{43}$/);
  });
});

describe('the mail server', () => {
  const received: string[] = [];
  let refuse: number | null = null;
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 200,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(refuse ? Object.assign(new Error('no'), { responseCode: refuse }) : null),
    onData(stream, _session, done) {
      let text = '';
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        text += chunk;
      });
      stream.on('end', () => {
        received.push(text);
        done();
      });
    },
  });
  let url = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
    return () => new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const mail = { key: 'message-1', to: 'bình@clinic.example', subject: 'Bảng kê tháng 10', text: 'Kính gửi bác sĩ' };

  it('gets the message with its own Message-ID, in Vietnamese', async () => {
    const sender = createSmtpEmail(url, 'Sapoche <no-reply@sapoche.example>');
    expect(await sender.send({ ...mail, to: 'binh@clinic.example' })).toEqual({ ref: '<message-1@sapoche.example>' });
    expect(received[0]).toContain('Message-ID: <message-1@sapoche.example>');
    expect(received[0]).toContain('From: Sapoche <no-reply@sapoche.example>');
    const [head = '', body = ''] = (received[0] ?? '').split('\r\n\r\n');
    expect(head).toMatch(/content-type: text\/plain; charset=utf-8/i);
    const isBase64 = /transfer-encoding: base64/i.test(head);
    const quoted = body.replaceAll(/=\r?\n/g, '').replaceAll('=', '%');
    const text = isBase64 ? Buffer.from(body, 'base64').toString('utf8') : decodeURIComponent(quoted);
    expect(text.trim()).toBe('Kính gửi bác sĩ');
  });

  it('may refuse for good, or for now, or not be there', async () => {
    const sender = createSmtpEmail(url, 'no-reply@sapoche.example');
    const plain = { ...mail, to: 'binh@clinic.example' };
    refuse = 550;
    await expect(sender.send(plain)).rejects.toMatchObject({ code: 'email_refused', retryable: false });
    refuse = 451;
    await expect(sender.send(plain)).rejects.toMatchObject({ code: 'email_unavailable', retryable: true });
    refuse = null;
    await expect(sender.send({ ...plain, to: 'nobody' })).rejects.toMatchObject({ code: 'email_refused' });
    const nowhere = createSmtpEmail('smtp://127.0.0.1:9', 'no-reply@sapoche.example');
    await expect(nowhere.send(plain)).rejects.toMatchObject({ code: 'email_unavailable', retryable: true });
  });
});

describe('the SMS gateway', () => {
  let status = 200;
  const seen: { headers: Record<string, unknown>; body: string }[] = [];
  const gateway = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      seen.push({ headers: request.headers, body });
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'gw-7' }));
    });
  });
  let url = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`;
    return () => new Promise((resolve) => gateway.close(resolve));
  });
  afterEach(() => {
    status = 200;
  });
  const text = { key: 'otp-1', to: '+84901234567', text: 'xin chào' };

  it('gets the text with its key and our token', async () => {
    expect(await createHttpSms(url, 'secret-token').send(text)).toEqual({ ref: 'gw-7' });
    expect(seen[0]).toMatchObject({ headers: { authorization: 'Bearer secret-token', 'idempotency-key': 'otp-1' } });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ to: '+84901234567', text: 'xin chào' });
  });

  it('may refuse for good, be busy, or not be there', async () => {
    status = 422;
    await expect(createHttpSms(url, undefined).send(text)).rejects.toMatchObject({
      code: 'sms_refused',
      retryable: false,
    });
    for (const busy of [429, 500, 503]) {
      status = busy;
      await expect(createHttpSms(url, undefined).send(text)).rejects.toMatchObject({
        code: 'sms_unavailable',
        retryable: true,
      });
    }
    await expect(createHttpSms('http://127.0.0.1:9/', undefined).send(text)).rejects.toMatchObject({
      code: 'sms_unavailable',
    });
  });
});

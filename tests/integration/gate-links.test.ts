import { beforeAll, describe, expect, it } from 'vitest';
import { notificationKinds } from '@/inngest/functions/core/notification-kinds';
import { storeDocument } from '@/server/modules/core/documents/public/store-document';
import { openDocument } from '@/server/modules/core/documents/use-cases/open-document';
import { sendMessages } from '@/server/modules/core/notifications/public/send-messages';
import { issueLink } from '@/server/modules/referral/statement-access/public/issue-link';
import { linkAddress } from '@/server/modules/referral/statement-access/public/link-address';
import { reviewLinkEvents } from '@/server/modules/referral/statement-access/public/review-link-events';
import { confirmVisit } from '@/server/modules/referral/statement-access/use-cases/confirm-visit';
import { downloadStatement } from '@/server/modules/referral/statement-access/use-cases/download-statement';
import { openLink } from '@/server/modules/referral/statement-access/use-cases/open-link';
import { replaceLink } from '@/server/modules/referral/statement-access/use-cases/replace-link';
import { revokeLink } from '@/server/modules/referral/statement-access/use-cases/revoke-link';
import { verifyCode } from '@/server/modules/referral/statement-access/use-cases/verify-code';
import type { DoctorActor, StaffActor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { rowsPastGuards, withDatabase } from './database';
import {
  actor,
  anotherAddress,
  askForCode,
  bindLocalMessages,
  type DoctorAtGate,
  makeDoctor,
  rowsOf,
  visitor,
} from './gate-fixture';

withDatabase();
beforeAll(bindLocalMessages);

const behindGate = (doctor: DoctorAtGate): DoctorActor => ({
  kind: 'doctor',
  id: doctor.doctorId,
  linkId: doctor.linkId,
  correlationId: crypto.randomUUID(),
});

const staff = (role: StaffActor['role'], branchId: string | null = null): StaffActor => ({
  kind: 'user',
  id: crypto.randomUUID(),
  role,
  branchId,
  correlationId: crypto.randomUUID(),
});

const statementPdf = (doctor: DoctorAtGate, text = 'pdf') =>
  storeDocument({ actor, kind: 'statement', ownerId: doctor.statementId, language: 'vi', bytes: Buffer.from(text) });

describe('a statement', () => {
  it('has one live link, and another after the first has ended', async () => {
    const doctor = await makeDoctor();
    const issue = () => inTransaction((tx) => issueLink(tx, { actor, statementId: doctor.statementId }));
    const again = await Promise.all(Array.from({ length: 10 }, issue));
    expect(new Set(again.map((one) => one.linkId))).toEqual(new Set([doctor.linkId]));
    await rowsOf('UPDATE statement_link SET expires_at = now() WHERE id = $1', [doctor.linkId]);
    const next = await Promise.all(Array.from({ length: 10 }, issue));
    expect(new Set(next.map((one) => one.linkId)).size).toBe(1);
    expect(next[0]?.linkId).not.toBe(doctor.linkId);
    expect(await linkAddress({ linkId: doctor.linkId })).toBe(`http://portal.test/s/${doctor.token}`);
  });
});

describe('a link that must not be used any more', () => {
  const notices = (statementId: string) =>
    rowsOf<{ linkId: string; key: string }>(
      `SELECT data->>'linkId' AS "linkId", data->>'dedupeKey' AS key FROM outbox_event
       WHERE name = 'notification/requested' AND data->>'dedupeKey' LIKE 'statement-published:' || $1 || ':%' ORDER BY id`,
      [statementId],
    );

  it('is replaced by staff: it and its visits end, the new one is sent, and the trail says why', async () => {
    const doctor = await makeDoctor();
    const own = anotherAddress();
    const { code, browser } = await askForCode(doctor, own);
    await verifyCode({ token: doctor.token, browser, visitor: visitor({ addressHash: own }), code });
    const { linkId } = await replaceLink({
      actor,
      statementId: doctor.statementId,
      reason: 'sent to a wrong number',
      clientKey: crypto.randomUUID(),
    });
    expect(linkId).not.toBe(doctor.linkId);
    const open = openLink({ token: doctor.token, browser: null, visitor: visitor(), again: false });
    await expect(open).rejects.toMatchObject({ kind: 'not-found' });
    const living = await rowsOf('SELECT 1 FROM gate_session WHERE link_id = $1 AND ended_at IS NULL', [doctor.linkId]);
    expect(living).toHaveLength(0);
    expect(await notices(doctor.statementId)).toEqual([
      { linkId, key: `statement-published:${doctor.statementId}:${linkId}` },
    ]);
    const trail = await rowsOf(
      `SELECT action, entity_id AS id, detail->>'reason' AS reason FROM audit_entry
       WHERE entity = 'statement-link' AND entity_id IN ($1, $2) AND action ~ 'revoked|issued' ORDER BY id`,
      [doctor.linkId, linkId],
    );
    expect(trail).toEqual([
      expect.objectContaining({ action: 'statement-link.issued', id: doctor.linkId }),
      { action: 'statement-link.revoked', id: doctor.linkId, reason: 'sent to a wrong number' },
      expect.objectContaining({ action: 'statement-link.issued', id: linkId }),
    ]);
  });

  it('is replaced also when it had ended by itself, and two at once leave one that lives', async () => {
    const doctor = await makeDoctor();
    await rowsOf('UPDATE statement_link SET expires_at = now() WHERE id = $1', [doctor.linkId]);
    const replace = () =>
      replaceLink({ actor, statementId: doctor.statementId, reason: 'asked for it', clientKey: crypto.randomUUID() });
    await Promise.all([replace(), replace()]);
    const living = await rowsOf(
      'SELECT 1 FROM statement_link WHERE statement_id = $1 AND revoked_at IS NULL AND expires_at > now()',
      [doctor.statementId],
    );
    expect(living).toHaveLength(1);
  });

  it('is replaced once by one key, however often it comes, and the doctor gets one message (findStatementOfLink)', async () => {
    const doctor = await makeDoctor();
    const clientKey = crypto.randomUUID();
    const replace = (statementId = doctor.statementId) =>
      replaceLink({ actor, statementId, reason: 'asked for it', clientKey });
    const answers = [...(await Promise.all([replace(), replace(), replace()])), await replace()];
    expect(answers).toEqual(answers.map(() => ({ linkId: clientKey })));
    const links = await rowsOf<{ id: string }>('SELECT id FROM statement_link WHERE statement_id = $1', [
      doctor.statementId,
    ]);
    expect(links.map(({ id }) => id).sort()).toEqual([doctor.linkId, clientKey].sort());
    expect(await notices(doctor.statementId)).toHaveLength(1);
    const another = await makeDoctor();
    await expect(replace(another.statementId)).rejects.toMatchObject({ code: 'not_found' });
    expect(await notices(another.statementId)).toEqual([]);
  });

  it('is not made for a statement that no doctor was shown', async () => {
    const doctor = await makeDoctor();
    await rowsPastGuards(`UPDATE statement SET state = 'approved' WHERE id = $1 RETURNING id`, [doctor.statementId]);
    const replacing = replaceLink({
      actor,
      statementId: doctor.statementId,
      reason: 'too early',
      clientKey: crypto.randomUUID(),
    });
    await expect(replacing).rejects.toMatchObject({ code: 'not_published' });
  });
});

describe('the life of a link', () => {
  it('distinguishes people from machines and finds a link that was passed on, each visit audited once', async () => {
    const doctor = await makeDoctor();
    const own = anotherAddress();
    const bot = visitor({ agent: 'TelegramBot (like TwitterBot)', addressHash: anotherAddress() });
    const open = (by = visitor({ addressHash: own })) =>
      openLink({ token: doctor.token, browser: null, visitor: by, again: false });
    await open(bot);
    await open();
    await confirmVisit({ token: doctor.token, visitor: visitor({ addressHash: own }) });
    await confirmVisit({ token: doctor.token, visitor: visitor({ addressHash: own }) });
    const { code, browser } = await askForCode(doctor, own);
    await verifyCode({ token: doctor.token, browser, visitor: visitor({ addressHash: own }), code });
    const stranger = visitor({
      addressHash: anotherAddress(),
      agent: 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0',
    });
    await open(stranger);
    await confirmVisit({ token: doctor.token, visitor: stranger });
    const events = await rowsOf<{ data: { eventId: string; linkId: string } }>(
      `SELECT data FROM outbox_event WHERE name = 'statement-link/event.recorded' AND data->>'linkId' = $1`,
      [doctor.linkId],
    );
    const delivered = events.map((event) => event.data);
    const first = await reviewLinkEvents({ actor, events: delivered });
    const second = await reviewLinkEvents({ actor, events: delivered });
    expect(first).toMatchObject({ links: 1, audited: 5, undecided: true });
    expect(second.audited).toBe(0);
    const [activity] = await rowsOf('SELECT * FROM link_activity WHERE link_id = $1', [doctor.linkId]);
    expect(activity).toMatchObject({ opened: 2, machine_visits: 1, browsers: 2, verified: 1, failed: 0 });
    expect(activity).toHaveProperty('forwarded_at', expect.any(Date));
    const passedOn = await rowsOf(
      `SELECT 1 FROM audit_entry WHERE action = 'statement-link.passed-on' AND entity_id = $1`,
      [doctor.linkId],
    );
    expect(passedOn).toHaveLength(1);
  });
});

describe('documents', () => {
  it('are kept once for the same bytes, and as the next version for others', async () => {
    const doctor = await makeDoctor();
    const same = await Promise.all(Array.from({ length: 10 }, () => statementPdf(doctor)));
    expect(new Set(same.map((one) => one.documentId)).size).toBe(1);
    await Promise.all(['a', 'b', 'c'].map((text) => statementPdf(doctor, text)));
    const versions = await rowsOf<{ version: number }>(
      'SELECT version FROM document WHERE owner_id = $1 ORDER BY version',
      [doctor.statementId],
    );
    expect(versions.map((row) => row.version)).toEqual([1, 2, 3, 4]);
  });

  it('of another doctor or an ended link are not there, of a language that is not drawn they are yet to come', async () => {
    const [doctor, other] = [await makeDoctor(), await makeDoctor()];
    const { documentId } = await statementPdf(doctor, 'hello');
    const get = (who: DoctorAtGate, document: { id: string } | { language: 'vi' | 'en' }) =>
      downloadStatement({ actor: behindGate(who), document, visitor: visitor() });
    const own = await get(doctor, { id: documentId });
    expect(await new Response(own.content).text()).toBe('hello');
    expect(own.fileName).toMatch(/^statement-2026-10-G\d+-vi\.pdf$/);
    const gone = { kind: 'not-found' };
    await expect(get(other, { id: documentId })).rejects.toMatchObject(gone);
    const pending = { kind: 'unavailable', code: 'document_pending' };
    await expect(get(other, { language: 'vi' })).rejects.toMatchObject(pending);
    await expect(get(doctor, { language: 'en' })).rejects.toMatchObject(pending);
    await revokeLink({ actor, linkId: doctor.linkId });
    await expect(get(doctor, { language: 'en' })).rejects.toMatchObject(gone);
    await expect(get(doctor, { id: documentId })).rejects.toMatchObject(gone);
    const counted = await rowsOf(`SELECT 1 FROM link_event WHERE link_id = $1 AND kind = 'downloaded'`, [
      doctor.linkId,
    ]);
    expect(counted).toHaveLength(1);
  });

  it('open for the staff who may read them, and leave a record', async () => {
    const doctor = await makeDoctor();
    const { documentId } = await statementPdf(doctor);
    const receipt = await storeDocument({
      actor,
      kind: 'receipt',
      ownerId: crypto.randomUUID(),
      language: 'vi',
      bytes: Buffer.from('receipt'),
    });
    const open = async (who: StaffActor, id: string) =>
      new Response((await openDocument({ actor: who, document: { id } })).content).text();
    expect(await open(staff('finance'), documentId)).toBe('pdf');
    expect(await open(staff('auditor'), receipt.documentId)).toBe('receipt');
    await expect(open(staff('cashier', crypto.randomUUID()), documentId)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(open(staff('cashier', crypto.randomUUID()), receipt.documentId)).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(open(staff('clinician'), receipt.documentId)).rejects.toMatchObject({ kind: 'not-found' });
    const read = await rowsOf(`SELECT 1 FROM audit_entry WHERE action = 'document.read' AND entity_id = $1`, [
      documentId,
    ]);
    expect(read).toHaveLength(1);
  });
});

describe('what is stored', () => {
  it('holds neither a code nor a token, outside of the message box that stands for the phone', async () => {
    const doctor = await makeDoctor();
    const { code, browser } = await askForCode(doctor, anotherAddress());
    const { session } = await verifyCode({ token: doctor.token, browser, visitor: visitor(), code });
    const dedupeKey = `statement-published:${doctor.linkId}`;
    await sendMessages({
      actor,
      notifications: [{ template: 'statement-published', dedupeKey, linkId: doctor.linkId }],
      kinds: notificationKinds,
    });
    const tables = await rowsOf<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('local_message', '_prisma_migrations')`,
    );
    for (const { name } of tables) {
      const rows = await rowsOf<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`);
      const text = rows.map(({ row }) => row).join('\n');
      for (const secret of [doctor.token, browser, session]) {
        expect(text.includes(secret), name).toBe(false);
        expect(text.includes(Buffer.from(secret).toString('hex')), name).toBe(false);
      }
      if (!/^(otp_challenge|statement_link|gate_session|link_event|rate_limit)$/.test(name)) {
        expect(new RegExp(`(^|[^0-9a-f-])${code}([^0-9a-f-]|$)`).test(text), name).toBe(false);
      }
    }
    const [challenge] = await rowsOf<{ row: string }>(`SELECT c::text AS row FROM otp_challenge c WHERE link_id = $1`, [
      doctor.linkId,
    ]);
    expect(challenge?.row).not.toContain(Buffer.from(code).toString('hex'));
  });
});

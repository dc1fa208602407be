import { describe, expect, it } from 'vitest';
import { composeStatementNotifications } from '@/server/modules/referral/statement-access/public/compose-statement-notifications';
import { issueLink } from '@/server/modules/referral/statement-access/public/issue-link';
import { linkAddress } from '@/server/modules/referral/statement-access/public/link-address';
import { recordSentLinks } from '@/server/modules/referral/statement-access/public/record-sent-links';
import { recordView } from '@/server/modules/referral/statement-access/public/record-view';
import { reviewLinkEvents } from '@/server/modules/referral/statement-access/public/review-link-events';
import { confirmVisit } from '@/server/modules/referral/statement-access/use-cases/confirm-visit';
import { endGateSession } from '@/server/modules/referral/statement-access/use-cases/end-gate-session';
import { replaceLink } from '@/server/modules/referral/statement-access/use-cases/replace-link';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';
import { resolveGateSession } from '@/server/modules/referral/statement-access/use-cases/resolve-gate-session';
import { revokeLink } from '@/server/modules/referral/statement-access/use-cases/revoke-link';
import { verifyCode } from '@/server/modules/referral/statement-access/use-cases/verify-code';
import type { DoctorActor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { rowsPastGuards } from './database';
import {
  actor,
  anotherAddress,
  askForCode,
  type DoctorAtGate,
  linkEventsOf,
  makeDoctor,
  rowsOf,
  trailOfThing as trail,
  visitor,
} from './gate-fixture';
import { behind, by, doctor, home, open, withDoctorAtHome } from './gate-home';
import { oneOf } from './till-fixture';

withDoctorAtHome();

const events = () => linkEventsOf(doctor.linkId);
const gone = { kind: 'not-found', code: 'not_found' };

describe('a reading', () => {
  it('leaves one event a quarter of an hour, and one for each address elsewhere, but where the first is not known', async () => {
    const view = (actorParts: Partial<DoctorActor>, who = by) =>
      recordView({ actor: behind(actorParts), visitor: who });
    const [one, two] = [visitor({ addressHash: anotherAddress() }), visitor({ addressHash: anotherAddress() })];
    for (const _ of [1, 2]) {
      await view({}, one);
      await view({ verifiedFrom: home });
      for (const who of [one, two]) await view({ verifiedFrom: home }, who);
    }
    const lines = (await events()).map((line) => line.replace(/Safari, iPhone person /, ''));
    expect(lines).toEqual([
      `viewed ${one.addressHash} {}`,
      `viewed-elsewhere ${one.addressHash} {}`,
      `viewed-elsewhere ${two.addressHash} {}`,
    ]);
  });
});

describe('a session', () => {
  it('ends once, and neither what is no cookie nor an unknown one is an error', async () => {
    const { code, browser } = await askForCode(doctor, home);
    const { session } = await verifyCode({ token: doctor.token, browser, visitor: by, code });
    for (const token of ['x', 'A'.repeat(43), session, session])
      await endGateSession({ token, correlationId: 'leaving' });
    const ended = await rowsOf(
      `SELECT correlation_id AS id FROM audit_entry WHERE action = 'gate-session.ended' AND detail ->> 'linkId' = $1`,
      [doctor.linkId],
    );
    expect(ended).toEqual([{ id: 'leaving' }]);
    expect(await resolveGateSession({ token: session })).toBeNull();
  });
});

describe('a new link', () => {
  const notices = (statementId: string) =>
    rowsOf<{ data: object }>(
      `SELECT data FROM outbox_event WHERE name = 'notification/requested' AND data ->> 'dedupeKey' LIKE '%' || $1 || '%'`,
      [statementId],
    ).then((rows) => rows.map(({ data }) => data));

  it('takes the place of the old one, and both say so', async () => {
    const { linkId } = await replaceLink({
      actor,
      statementId: doctor.statementId,
      reason: 'wrong number',
      clientKey: crypto.randomUUID(),
    });
    expect(await events()).toEqual(['revoked - person - {}']);
    expect(await trail('statement-link', doctor.linkId)).toEqual([
      expect.stringContaining('statement-link.issued'),
      'system test statement-link.revoked {"reason": "wrong number"}',
    ]);
    expect(await trail('statement-link', linkId)).toEqual([
      `system test statement-link.issued {"statementId": "${doctor.statementId}"}`,
    ]);
    const dedupeKey = `statement-published:${doctor.statementId}:${linkId}`;
    expect(await notices(doctor.statementId)).toEqual([{ template: 'statement-published', dedupeKey, linkId }]);
    expect(await linkAddress({ linkId })).toMatch(/^http:\/\/portal\.test\/s\/[\w-]{43}$/);
  });

  it('ends none that has ended by itself, and is made for no statement that there is not', async () => {
    await rowsPastGuards('UPDATE statement_link SET revoked_at = now() WHERE id = $1', [doctor.linkId]);
    await replaceLink({
      actor,
      statementId: doctor.statementId,
      reason: 'asked for it',
      clientKey: crypto.randomUUID(),
    });
    expect(await events()).toEqual([]);
    const nowhere = crypto.randomUUID();
    await expect(
      replaceLink({ actor, statementId: nowhere, reason: 'none', clientKey: crypto.randomUUID() }),
    ).rejects.toMatchObject(gone);
    await expect(inTransaction((tx) => issueLink(tx, { actor, statementId: nowhere }))).rejects.toMatchObject(gone);
    await expect(linkAddress({ linkId: nowhere })).rejects.toMatchObject(gone);
    await expect(revokeLink({ actor, linkId: nowhere })).rejects.toMatchObject(gone);
  });

  it('without a reason is revoked all the same', async () => {
    await revokeLink({ actor, linkId: doctor.linkId });
    expect((await trail('statement-link', doctor.linkId)).at(-1)).toBe(
      'system test statement-link.revoked {"reason": null}',
    );
  });
});

describe('a notification of a statement', () => {
  const request = (linkId?: string) => ({
    template: 'statement-published' as const,
    dedupeKey: `key-${linkId}`,
    ...(linkId && { linkId }),
  });

  it('speaks the language of its doctor, and there is none for a link that has ended or a request without one', async () => {
    const english = await makeDoctor({ language: 'en' });
    const revoked = await makeDoctor();
    await revokeLink({ actor, linkId: revoked.linkId });
    const links = [doctor, revoked, english].map(({ linkId }) => request(linkId));
    const composed = await composeStatementNotifications([...links, request()] as never);
    const of = ({ linkId, phone, email, token }: DoctorAtGate, language: string, organisation: string) => ({
      dedupeKey: `key-${linkId}`,
      recipients: expect.objectContaining({ phone, email }),
      text: {
        template: 'statement-published',
        language,
        params: { organisation, doctor: 'BS. Hồ Kim Bình', month: '2026-10', address: `http://portal.test/s/${token}` },
      },
      params: { linkId },
    });
    expect(composed).toEqual([of(doctor, 'vi', 'Phòng khám'), of(english, 'en', 'Clinic')]);
  });

  it('that was sent is an event of its link, with the message and its way', async () => {
    const sent = (params: object) => ({ messageId: `m-${doctor.linkId}`, channel: 'sms', params }) as never;
    await inTransaction((tx) => recordSentLinks(tx, [sent({}), sent({ linkId: doctor.linkId })]));
    expect(await events()).toEqual([`sent - person - {"channel": "sms", "messageId": "m-${doctor.linkId}"}`]);
  });
});

describe('a review of what happened to links', () => {
  it('audits each visit that was delivered, once, and says whether it is too early to judge', async () => {
    const other = await makeDoctor();
    await open();
    await open({ ...by, language: null });
    await confirmVisit({ token: doctor.token, visitor: by });
    await requestCode({ token: doctor.token, browser: null, visitor: by, channel: 'sms' });
    const ids = await rowsOf<{ id: string; kind: string }>(
      'SELECT id, kind FROM link_event WHERE link_id = $1 ORDER BY at, id',
      [doctor.linkId],
    );
    const delivered = [ids[0], ids[1], ids[3]].map((event) => ({ eventId: event?.id ?? '', linkId: doctor.linkId }));
    const none = { eventId: crypto.randomUUID(), linkId: other.linkId };
    expect(await reviewLinkEvents({ actor, events: [...delivered, none] })).toEqual({
      links: 2,
      audited: 2,
      undecided: true,
    });
    expect(await reviewLinkEvents({ actor, events: delivered })).toEqual({ links: 1, audited: 0, undecided: true });
    const visits = (await trail('statement-link', doctor.linkId)).slice(1);
    expect(visits).toEqual([
      `system test statement-link.opened {"eventId": "${ids[0]?.id}", "machine": false}`,
      `system test statement-link.opened {"eventId": "${ids[1]?.id}", "machine": true}`,
    ]);
    await rowsPastGuards(`UPDATE link_event SET at = at - interval '2 minutes' WHERE link_id = $1`, [doctor.linkId]);
    expect(await reviewLinkEvents({ actor, events: delivered })).toMatchObject({ undecided: false });
    expect(await reviewLinkEvents({ actor, events: [none] })).toEqual({ links: 1, audited: 0, undecided: false });
    await rowsPastGuards(`UPDATE link_event SET at = now() WHERE kind = 'confirmed' AND link_id = $1`, [doctor.linkId]);
    expect(await reviewLinkEvents({ actor, events: delivered })).toMatchObject({ undecided: false });
    const activity = await oneOf(
      'SELECT opened, machine_visits AS machines, browsers FROM link_activity WHERE link_id = $1',
      [doctor.linkId],
    );
    expect(activity).toEqual({ opened: 1, machines: 1, browsers: 1 });
  });
});

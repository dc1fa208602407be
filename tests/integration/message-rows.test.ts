import { beforeEach, describe, expect, it } from 'vitest';
import { failMessage } from '@/server/modules/core/notifications/public/fail-message';
import { boxMessages, boxPage, findMessages } from '@/server/modules/core/notifications/queries';
import * as messages from '@/server/modules/core/notifications/repository';
import { checkGateways } from '@/server/modules/core/notifications/use-cases/check-gateways';
import { listBox } from '@/server/modules/core/notifications/use-cases/list-box';
import { openBox } from '@/server/modules/core/notifications/use-cases/open-box';
import { systemActor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { ago, emptyAll, put } from './bare-rows';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import { makeStaff } from './till-fixture';

withDatabase();
beforeEach(emptyAll);

describe('rows of messages', () => {
  const stateOf = (key: string) =>
    rowsOf('SELECT state, failure, attempts, claimed_until FROM message WHERE dedupe_key = $1', [key]);

  it('are claimed once until their claim runs out, sent ones never', async () => {
    const rows = {
      free: {},
      sent: { state: 'sent' },
      held: { claimed_until: ago(-1) },
      expired: { claimed_until: ago(1) },
      failed: { state: 'failed', attempts: 3 },
      other: {},
    };
    for (const [key, row] of Object.entries(rows)) await put('message', { dedupe_key: key, ...row });
    const keys = ['free', 'sent', 'held', 'expired', 'failed', 'none'];
    const claim = () => inTransaction((tx) => messages.claimMessages(tx, keys, 60));
    expect([...(await claim()).keys()].sort()).toEqual(['expired', 'failed', 'free']);
    expect([...(await claim()).keys()]).toEqual([]);
    expect(await stateOf('failed')).toMatchObject([{ state: 'queued', attempts: 4 }]);
    expect(await stateOf('other')).toMatchObject([{ attempts: 0, claimed_until: null }]);
    const found = await findMessages(['free', 'sent', 'expired']);
    expect([60, 59]).toContain(found.get('free')?.claimSeconds);
    expect(found.get('sent')).toEqual({ id: expect.any(String), state: 'sent', claimSeconds: 0 });
    await rowsOf(`UPDATE message SET claimed_until = now() - interval '5 seconds' WHERE dedupe_key = 'expired'`);
    expect((await findMessages(['expired'])).get('expired')?.claimSeconds).toBe(0);
  });

  it('are marked as failed for good, or for now, alone; one that was sent stays sent', async () => {
    const ids = new Map<string, string>();
    for (const key of ['now', 'good', 'sent', 'other']) {
      const id = crypto.randomUUID();
      ids.set(key, id);
      await put('message', {
        id,
        dedupe_key: key,
        claimed_until: ago(-1),
        ...(key === 'sent' ? { state: 'sent', claimed_until: null } : {}),
      });
    }
    const fail = (key: string, final: boolean) =>
      inTransaction((tx) => messages.markFailed(tx, ids.get(key) ?? '', 'x'.repeat(150), final));
    await fail('now', false);
    await fail('good', true);
    await fail('sent', true);
    const failure = 'x'.repeat(100);
    expect(await stateOf('now')).toMatchObject([{ state: 'queued', failure, claimed_until: null }]);
    expect(await stateOf('good')).toMatchObject([{ state: 'failed', failure, claimed_until: null }]);
    expect(await stateOf('sent')).toMatchObject([{ state: 'sent', failure: null }]);
    expect(await stateOf('other')).toMatchObject([{ state: 'queued', failure: null, claimed_until: expect.any(Date) }]);
  });

  it('are marked as failed by their key, on record', async () => {
    const id = crypto.randomUUID();
    await put('message', { id, dedupe_key: 'key' }, { dedupe_key: 'other' });
    await failMessage({ actor: systemActor('run'), dedupeKey: 'key', failure: 'sms_unavailable' });
    expect(await stateOf('key')).toMatchObject([{ state: 'failed', failure: 'sms_unavailable' }]);
    expect(await stateOf('other')).toMatchObject([{ state: 'queued', failure: null }]);
    expect(await rowsOf('SELECT actor_id, action, entity, entity_id, detail FROM audit_entry')).toEqual([
      {
        ...{ actor_id: 'run', action: 'message.failed', entity: 'message', entity_id: id },
        detail: { failure: 'sms_unavailable' },
      },
    ]);
  });

  it('that were abandoned are freed by their age, so many at once', async () => {
    for (const [key, minutes] of [
      ['b', 3],
      ['a', 5],
      ['young', 0.9],
    ] as const)
      await put('message', { dedupe_key: key, claimed_until: ago(minutes) });
    const release = async () =>
      (await inTransaction((tx) => messages.releaseAbandoned(tx, 60, 1))).map(({ dedupeKey }) => dedupeKey);
    expect([await release(), await release(), await release()]).toEqual([['a'], ['b'], []]);
    expect(await stateOf('a')).toMatchObject([{ claimed_until: null }]);
  });
});

describe('the message box', () => {
  it('is read newest first, all of it or what went to one address, on record where there is something', async () => {
    await rowsPastGuards('DELETE FROM local_message; DELETE FROM audit_entry; DELETE FROM read_mark');
    const staff = await makeStaff('administrator', null);
    expect(await listBox({ actor: staff, to: null })).toEqual([]);
    expect((await openBox({ actor: staff, limit: 2 })).rows).toEqual([]);
    expect(await rowsOf('SELECT FROM audit_entry')).toEqual([]);
    for (const [n, to] of ['+84901', 'a_b@x.vn', 'aXb@x.vn', '+84901'].entries())
      await rowsOf(`INSERT INTO local_message (at, channel, "to", subject, text) VALUES ($1, 'sms', $2, $3, $4)`, [
        new Date(1_793_000_000_000 + n),
        to,
        n ? `s${n}` : null,
        `123456 is your code ${n}`,
      ]);
    const at = new Date(1_793_000_000_003).toISOString();
    expect((await listBox({ actor: staff, to: '+84901' })).map(({ text }) => text.at(-1))).toEqual(['3', '0']);
    expect((await listBox({ actor: staff, to: null }))[0]).toEqual({
      at,
      channel: 'sms',
      to: '+84901',
      text: '123456 is your code 3',
    });
    expect((await boxMessages(null, 2)).map(({ text }) => text.at(-1))).toEqual(['3', '2']);
    const first = await openBox({ actor: staff, limit: 3 });
    expect(first.rows.map(({ text }) => text.at(-1))).toEqual(['3', '2', '1']);
    expect(first.rows[2]).toEqual({
      id: expect.any(String),
      at: expect.any(Date),
      channel: 'sms',
      to: 'a_b@x.vn',
      subject: 's1',
      text: '123456 is your code 1',
    });
    const rest = await openBox({ actor: staff, limit: 3, cursor: first.nextCursor });
    expect([rest.rows.map(({ text }) => text.at(-1)), rest.nextCursor]).toEqual([['0'], null]);
    expect((await openBox({ actor: staff, limit: 9, search: 'A_B' })).rows.map(({ to }) => to)).toEqual(['a_b@x.vn']);
    expect(await boxPage({ search: null, before: null, limit: 3 })).toHaveLength(4);
    expect(await rowsOf('SELECT actor_id, action, entity, entity_id FROM audit_entry')).toEqual([
      { actor_id: staff.id, action: 'message-box.read', entity: 'message-box', entity_id: 'local' },
    ]);
    expect(checkGateways()).toEqual([]);
  });
});

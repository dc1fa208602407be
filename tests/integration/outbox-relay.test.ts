import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inTransaction } from '@/server/platform/db';
import { publish } from '@/server/platform/outbox';
import { type CommittedEvent, relayOnce } from '@/server/platform/outbox-relay';
import { rowsOf, withDatabase } from './database';

const checked = { name: 'portal/instance.checked', schema: z.object({ instanceId: z.string() }) };

withDatabase();

const write = (many: number) =>
  inTransaction(async (tx) => {
    for (let n = 0; n < many; n += 1) await publish(tx, checked, { instanceId: crypto.randomUUID() });
  });

type Kept = { published: boolean; attempts: number; waits: number; last_error: string | null };
const kept = () =>
  rowsOf<Kept>(
    `SELECT published_at IS NOT NULL AS published, attempts, last_error,
       round(extract(epoch FROM not_before - now()))::int AS waits FROM outbox_event ORDER BY id`,
  );
const nothing = async () => [];
const becomesDue = () => rowsOf(`UPDATE outbox_event SET not_before = now() WHERE published_at IS NULL`);

beforeEach(() => rowsOf('DELETE FROM outbox_event'));

describe('the relay', () => {
  it('hands on what was committed, in its order, once', async () => {
    await write(3);
    const heard: CommittedEvent[] = [];
    const hear = async (events: CommittedEvent[]) => {
      heard.push(...events);
      return [];
    };
    expect(await relayOnce(hear)).toBe(3);
    expect(await relayOnce(hear)).toBe(0);
    const ids = (await rowsOf<{ id: string }>('SELECT id FROM outbox_event ORDER BY id')).map(({ id }) => id);
    expect(heard.map(({ id }) => id)).toEqual(ids);
    expect((await kept()).map(({ published, last_error }) => [published, last_error])).toEqual(
      Array.from({ length: 3 }, () => [true, null]),
    );
  });

  it('sets aside for a day what can never be delivered, and delivers what stood beside it', async () => {
    await write(2);
    await relayOnce(async ([first]) => [{ id: first?.id ?? '', reason: 'too_large' }]);
    const [refused, delivered] = await kept();
    expect(refused).toMatchObject({ published: false, last_error: 'too_large' });
    expect(refused?.waits).toBeGreaterThan(23 * 3600);
    expect(delivered).toMatchObject({ published: true, last_error: null });
    expect(await relayOnce(nothing)).toBe(0);
  });

  it('keeps what could not be handed on, and waits twice as long after each try, a minute at most', async () => {
    await write(1);
    const waits: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      await expect(relayOnce(() => Promise.reject(new Error('no connection')))).rejects.toThrow('no connection');
      const [event] = await kept();
      expect(event).toMatchObject({ published: false, attempts: round + 1, last_error: 'no connection' });
      waits.push(event?.waits ?? 0);
      await becomesDue();
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
    expect(await relayOnce(nothing)).toBe(1);
  });

  it('leaves to another what it has claimed, until the lease is over', async () => {
    await write(1);
    let during = -1;
    await relayOnce(async () => {
      during = await relayOnce(nothing);
      return [];
    });
    expect(during).toBe(0);
  });
});

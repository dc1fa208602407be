import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { db, inTransaction, onCommit } from '@/server/platform/db';
import { notify, notifyAfterCommit, subscribeHere } from '@/server/platform/notify';
import { publish } from '@/server/platform/outbox';
import { withDatabase } from './database';

const checked = { name: 'portal/instance.checked', schema: z.object({ instanceId: z.string() }) };

withDatabase();

const event = { instanceId: crypto.randomUUID() };
/** Another process, as far as the database knows. */
let other: pg.Client;
let heard: { channel: string; payload: string | undefined }[] = [];
beforeAll(async () => {
  other = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await other.connect();
  other.on('notification', ({ channel, payload }) => heard.push({ channel, payload }));
  await other.query('LISTEN outbox; LISTEN progress');
});
afterAll(() => other.end());

/** All that was said before it has been heard when this has. */
async function heardUpTo(mark: string): Promise<string[]> {
  notify('progress', mark);
  await expect.poll(() => heard.some(({ payload }) => payload === mark)).toBe(true);
  const said = heard.filter(({ payload }) => payload !== mark).map(({ channel, payload }) => `${channel} ${payload}`);
  heard = [];
  return said;
}

describe('news', () => {
  it('of events wake the relay of this process once they are committed, and never when rolled back', async () => {
    let woken = 0;
    const deaf = subscribeHere('outbox', () => {
      woken += 1;
    });
    await inTransaction(async (tx) => {
      await publish(tx, checked, event);
      expect(woken).toBe(0);
    });
    expect(woken).toBe(1);
    const failing = inTransaction(async (tx) => {
      await publish(tx, checked, event);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(woken).toBe(1);
    deaf();
    expect(await heardUpTo('here')).toEqual([]);
  });

  it('of events reach other processes where this one has no relay', async () => {
    await inTransaction((tx) => publish(tx, checked, event));
    await expect.poll(() => heard.length).toBeGreaterThan(0);
    expect(await heardUpTo('elsewhere')).toEqual(['outbox ']);
  });

  it('of many changes at once are one notice for each thing', async () => {
    for (let n = 0; n < 50; n += 1) notify('progress', n % 2 ? 'one' : 'two');
    await expect.poll(() => new Set(heard.map(({ payload }) => payload)).size).toBe(2);
    expect((await heardUpTo('gathered')).length).toBeLessThanOrEqual(4);
  });

  it('wait for a transaction of ours, and take no other', async () => {
    await inTransaction(async (tx) => {
      notifyAfterCommit(tx, 'progress', 'upload');
      expect(heard).toEqual([]);
    });
    await expect.poll(() => heard.length).toBe(1);
    expect(() => onCommit(db(), () => {})).toThrow('afterwards');
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { composePorts } from '@/server/composition';
import { storage } from '@/server/integrations/storage/port';
import { diagnoseIntegrity } from '@/server/modules/core/integrity/use-cases/diagnose-integrity';
import { findBrokenFiles } from '@/server/modules/core/integrity/use-cases/find-broken-files';
import { showIntegrity } from '@/server/modules/core/integrity/use-cases/show-integrity';
import { PortalError } from '@/server/platform/errors';
import { emptyAll, idOf, put } from './bare-rows';
import { rowsOf, rowsPastGuards, withDatabase } from './database';

withDatabase();
beforeEach(emptyAll);
afterEach(() => {
  vi.useRealTimers();
  composePorts();
});

/** `many` messages whose claims ran out, each a minute earlier than the one before; the first did ten minutes ago. */
const abandon = (many: number, from = 10) =>
  rowsPastGuards(
    `INSERT INTO message (dedupe_key, template, language, channel, recipient, claimed_until)
     SELECT gen_random_uuid(), 'order-paid', 'vi', 'sms', 'x', now() - make_interval(mins => n) FROM generate_series($2::int, $2::int + $1::int - 1) n`,
    [many, from],
  );

describe('a diagnosis', () => {
  it('counts a thousand, says whether there are more, since when, and ten of them', async () => {
    await abandon(1_000);
    const thousand = await diagnoseIntegrity({ hours: 24 });
    expect(thousand).toEqual({
      ok: false,
      at: expect.any(Date),
      hours: 24,
      unchecked: [],
      findings: [
        {
          invariant: 'messages-abandoned',
          count: 1_000,
          more: false,
          since: expect.any(Date),
          examples: expect.any(Array),
        },
      ],
    });
    const [finding] = thousand.findings;
    const ids = (await rowsOf<{ id: string }>('SELECT id FROM message')).map(({ id }) => id);
    expect(finding?.examples).toHaveLength(10);
    expect(ids).toEqual(expect.arrayContaining(finding?.examples ?? []));
    expect(Math.round((Date.now() - (finding?.since?.getTime() ?? 0)) / 60_000)).toBe(1_009);
    await abandon(1);
    expect((await diagnoseIntegrity({ hours: 24 })).findings).toMatchObject([{ count: 1_000, more: true }]);
  });

  it('says of what has no moment that there is none', async () => {
    await put('upload', { id: idOf('sheet'), state: 'committed', rows: 1, valid: 1 });
    const { findings } = await diagnoseIntegrity({ hours: null });
    expect(findings).toMatchObject([{ invariant: 'rows-differ', count: 1, more: false, since: null }]);
    expect(findings[0]?.examples).toHaveLength(1);
  });

  it('is not sound where something could not be looked for, and names just that', async () => {
    await rowsOf('ALTER TABLE outbox_event RENAME TO hidden_event');
    const unseen = await diagnoseIntegrity({ hours: 24 });
    await rowsOf('ALTER TABLE hidden_event RENAME TO outbox_event');
    expect(unseen).toMatchObject({ ok: false, findings: [] });
    expect(unseen.unchecked).toEqual(['events-waiting', 'events-refused', 'effects-missing']);
    await put('document', { id: idOf('file') });
    storage.bind({ open: () => Promise.reject(new PortalError('unavailable', 'storage_unavailable')) } as never);
    expect(await diagnoseIntegrity({ hours: 24 })).toMatchObject({
      ok: false,
      findings: [],
      unchecked: ['files-missing', 'files-differ'],
    });
  });
});

it('a look at the last day reads a thousand files, one at all times every file', async () => {
  await rowsPastGuards(
    `INSERT INTO document (kind, owner_id, language, storage_key, sha256, bytes)
     SELECT 'receipt', gen_random_uuid(), 'vi', 'receipt/' || n || '.pdf', '', 1 FROM generate_series(1, 1001) n`,
  );
  const missing = { invariant: 'files-missing', count: 1_000 };
  expect((await diagnoseIntegrity({ hours: 24 })).findings).toMatchObject([{ ...missing, more: false }]);
  expect((await diagnoseIntegrity({ hours: null })).findings).toMatchObject([{ ...missing, more: true }]);
});

it('every file of a long list is looked at once, the newest first, and no more than was asked', async () => {
  await rowsPastGuards(
    `INSERT INTO document (kind, owner_id, language, storage_key, sha256, bytes)
     SELECT 'receipt', gen_random_uuid(), 'vi', 'receipt/' || n || '.pdf', '', 1 FROM generate_series(1, 402) n`,
  );
  await put('document', { id: idOf('old', 1_500), storage_key: 'receipt/old.pdf' });
  const ids = await rowsOf<{ id: string }>('SELECT id FROM document ORDER BY id DESC');
  const missing = async (most: number, hours: number | null = null) =>
    (await findBrokenFiles({ hours, most })).missing.map(({ id }) => id);
  const newest = (many: number) => ids.slice(0, many).map(({ id }) => id);
  expect(await missing(1_000)).toEqual(newest(403));
  expect(await missing(1_000, 24)).toEqual(newest(402));
  expect(await missing(401)).toEqual(newest(401));
  expect(await missing(3)).toEqual(newest(3));
});

describe('the diagnosis that screens share', () => {
  const BEGIN = new Date('2099-01-01T00:00:00Z').getTime();
  /** A look that takes so long, as far as the clock of this process says. */
  async function looked(from: number, ms: number) {
    vi.useFakeTimers({ toFake: ['Date'], now: from });
    const look = showIntegrity();
    expect(showIntegrity()).toBe(look);
    vi.setSystemTime(from + ms);
    expect((await look).hours).toBe(24);
    return { look };
  }

  it('is a minute old at most', async () => {
    const { look } = await looked(BEGIN, 1_000);
    vi.setSystemTime(BEGIN + 60_999);
    expect(showIntegrity()).toBe(look);
    vi.setSystemTime(BEGIN + 61_000);
    const next = showIntegrity();
    expect(next).not.toBe(look);
    await next;
  });

  it('is kept fifty times as long as it took', async () => {
    const from = BEGIN + 3_600_000;
    const { look } = await looked(from, 10_000);
    vi.setSystemTime(from + 10_000 + 499_999);
    expect(showIntegrity()).toBe(look);
    vi.setSystemTime(from + 10_000 + 500_000);
    const next = showIntegrity();
    expect(next).not.toBe(look);
    await next;
  });
});

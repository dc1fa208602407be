import { beforeAll, describe, expect, it } from 'vitest';
import * as gate from '@/server/modules/referral/statement-access/queries';
import { rowsPastGuards, withDatabase } from './database';
import { idOf, makeReadFixture } from './read-fixture';

withDatabase();
beforeAll(makeReadFixture);

const link = idOf('link', 1);
const bytes = (n: number) => new Uint8Array([n]);
const put = (text: string) => rowsPastGuards(text);

describe('what happened to a link', () => {
  it('is shown in its order, of many events the latest two hundred', async () => {
    await put(
      `INSERT INTO link_event (link_id, kind, at) SELECT '${idOf('link', 2)}', 'opened', '2026-08-05T00:00Z'::timestamptz + make_interval(secs => n) FROM generate_series(1, 201) n`,
    );
    const [, life] = await gate.linkHistory(idOf('statement', 1));
    const seconds = life?.events.map(({ at }) => (new Date(at).getTime() - Date.UTC(2026, 7, 5)) / 1000);
    expect(seconds).toEqual(Array.from({ length: 200 }, (_, n) => n + 2));
  });
});

describe('a session of the gate', () => {
  /** A session of a link, with what differs from a good one. */
  const session = async (n: number, of: number, ended = 'NULL', expires = `now() + interval '1 minute'`) => {
    await put(
      `INSERT INTO gate_session (link_id, token_hash, expires_at, ended_at, address_hash) VALUES ('${idOf('link', of)}', '\\x${String(n).padStart(2, '0')}', ${expires}, ${ended}, '\\x0102')`,
    );
    return gate.sessionByHash(new Uint8Array([Number.parseInt(String(n).padStart(2, '0'), 16)]));
  };

  it('is good while neither it nor its link has ended, and its statement and doctor are in force', async () => {
    const good = { doctorId: idOf('doctor', 1), linkId: link, verifiedFrom: 'AQI' };
    expect(await session(11, 1)).toEqual(good);
    expect(await session(12, 1, 'now()')).toBeNull();
    expect(await session(13, 1, 'NULL', `now() - interval '1 second'`)).toBeNull();
    for (const [n, of] of [
      [14, 2],
      [15, 3],
      [16, 4],
    ] as const)
      expect(await session(n, of)).toBeNull();
    await put(`UPDATE doctor SET active = false WHERE code = 'D1'`);
    expect(await gate.sessionByHash(new Uint8Array([0x11]))).toBeNull();
    expect(await gate.openLinkByHash(new Uint8Array([1, 1]))).toBeNull();
    await put(`UPDATE doctor SET active = true WHERE code = 'D1'`);
    expect(await gate.sessionByHash(new Uint8Array([0x11]))).toEqual(good);
    expect(await gate.sessionByHash(bytes(0x99))).toBeNull();
  });
});

describe('a browser that passed before', () => {
  it('is known to its doctor, until it is forgotten', async () => {
    const known = (n: number, doctor: number) => gate.knownBrowser(idOf('doctor', doctor), bytes(n));
    await put(`INSERT INTO gate_browser (id, doctor_id, token_hash, expires_at) VALUES ('${idOf('user', 77)}', '${idOf('doctor', 1)}', '\\x01', now() + interval '1 minute'),
      (uuidv7(), '${idOf('doctor', 1)}', '\\x02', now() - interval '1 second')`);
    expect(await known(1, 1)).toBe(idOf('user', 77));
    expect([await known(1, 2), await known(2, 1), await known(3, 1)]).toEqual([null, null, null]);
  });
});

describe('doctors whose links refuse unknown browsers', () => {
  it('are those of the last day, the newest first, all or one', async () => {
    await put(`DELETE FROM gate_lockout; INSERT INTO gate_lockout (doctor_id, reason, locked_at) VALUES ('${idOf('doctor', 1)}', 'tries', now() - interval '23 hours'),
      ('${idOf('doctor', 2)}', 'codes', now() - interval '1 hour'), ('${idOf('doctor', 3)}', 'codes', now() - interval '25 hours'), ('${idOf('doctor', 4)}', NULL, NULL)`);
    expect((await gate.listLockouts(null)).map(({ doctorCode, reason }) => [doctorCode, reason])).toEqual([
      ['D2', 'codes'],
      ['D1', 'tries'],
    ]);
    expect((await gate.listLockouts(idOf('doctor', 1))).map(({ doctorName }) => doctorName)).toEqual([
      'BS. Hồ Kim Bình',
    ]);
    expect(await gate.listLockouts(idOf('doctor', 3))).toEqual([]);
  });
});

describe('the code that a browser asked for last', () => {
  it('is the newest of that browser at that link, and lives until it is used, runs out or was tried five times', async () => {
    const code = (n: number, browser: number, minutes: number, parts = '') =>
      put(`INSERT INTO otp_challenge (id, link_id, channel, browser_hash, address_hash, expires_at, created_at, attempts, used_at)
        SELECT '${idOf('event', n)}', '${link}', 'sms', '\\x0${browser}', '\\x01', now() + interval '5 minutes', now() - make_interval(mins => ${minutes}), 0, NULL; ${parts ? `UPDATE otp_challenge SET ${parts} WHERE id = '${idOf('event', n)}'` : ''}`);
    await code(51, 1, 9);
    await code(52, 1, 3);
    await code(53, 2, 1);
    expect((await gate.lastChallenge(link, bytes(1)))?.id).toBe(idOf('event', 52));
    expect((await gate.lastChallenge(link, bytes(2)))?.id).toBe(idOf('event', 53));
    expect(await gate.lastChallenge(idOf('link', 2), bytes(1))).toBeNull();
    const living = async (parts: string) => {
      await put(
        `UPDATE otp_challenge SET attempts = 0, used_at = NULL, expires_at = now() + interval '1 minute' WHERE id = '${idOf('event', 52)}'; UPDATE otp_challenge SET ${parts} WHERE id = '${idOf('event', 52)}'`,
      );
      return (await gate.livingChallenge(link, bytes(1)))?.id ?? null;
    };
    expect(await living('attempts = 4')).toBe(idOf('event', 52));
    for (const dead of ['attempts = 5', 'used_at = now()', `expires_at = now() - interval '1 second'`])
      expect(await living(dead)).toBeNull();
  });
});

describe('a visit that a browser confirmed', () => {
  it('counts for ten minutes, for the same address and the same kind of browser', async () => {
    const address = Buffer.from([7, 7]).toString('base64url');
    const confirmed = async (minutes: number, agent: string | null, kind = 'confirmed') => {
      await put(
        `DELETE FROM link_event WHERE link_id = '${link}'; INSERT INTO link_event (link_id, kind, at, ip_hash, agent) VALUES ('${link}', '${kind}', now() - make_interval(mins => ${minutes}), '\\x0707', ${agent === null ? 'NULL' : `'${agent}'`})`,
      );
      return gate.recentlyConfirmed(link, address, 'Safari');
    };
    expect(await confirmed(9, 'Safari')).toBe(true);
    expect([
      await confirmed(11, 'Safari'),
      await confirmed(9, 'Firefox'),
      await confirmed(9, null),
      await confirmed(9, 'Safari', 'opened'),
    ]).toEqual([false, false, false, false]);
    await confirmed(9, null);
    expect(await gate.recentlyConfirmed(link, address, null)).toBe(true);
    expect(await gate.recentlyConfirmed(link, 'BwY', null)).toBe(false);
    expect(await gate.recentlyConfirmed(idOf('link', 2), address, null)).toBe(false);
  });
});

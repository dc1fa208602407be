import { beforeAll, expect, it } from 'vitest';
import { pruneGate } from '@/server/modules/referral/statement-access/use-cases/prune-gate';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import { idOf, makeReadFixture } from './read-fixture';

withDatabase();
beforeAll(makeReadFixture);

const link = idOf('link', 1);
const doctor = (n: number) => idOf('doctor', n);

it('what the gate needs no more goes, thousands in a round, and what still counts stays', async () => {
  const code = (name: string, made: string, expires: string, count = 1) =>
    rowsPastGuards(`INSERT INTO otp_challenge (link_id, channel, browser_hash, address_hash, expires_at, created_at)
      SELECT '${link}', '${name}', '\\x01', '\\x01', now() + interval '${expires}', now() - interval '${made}' FROM generate_series(1, ${count})`);
  await code('sms', '49 hours', '-1 second', 4_100);
  await code('email', '47 hours', '-1 second');
  await code('email', '49 hours', '1 minute');
  await rowsPastGuards(`INSERT INTO gate_session (link_id, token_hash, expires_at, ended_at) VALUES ('${link}', '\\x01', now() - interval '25 hours', NULL),
    ('${link}', '\\x02', now() + interval '1 hour', now() - interval '25 hours'), ('${link}', '\\x03', now() - interval '23 hours', NULL), ('${link}', '\\x04', now() + interval '1 hour', NULL)`);
  await rowsPastGuards(
    `INSERT INTO gate_browser (doctor_id, token_hash, expires_at) VALUES ('${doctor(1)}', '\\x01', now() - interval '1 second'), ('${doctor(1)}', '\\x02', now() + interval '1 minute')`,
  );
  await rowsPastGuards(`DELETE FROM gate_lockout; INSERT INTO gate_lockout (doctor_id, reason, locked_at, unlocked_at) VALUES ('${doctor(1)}', 'tries', now() - interval '49 hours', NULL),
    ('${doctor(2)}', 'tries', now() - interval '60 hours', now() - interval '47 hours'), ('${doctor(3)}', 'tries', now() - interval '1 hour', NULL)`);
  await pruneGate();
  const left = async (text: string) => (await rowsOf<{ x: string }>(text)).map(({ x }) => x);
  expect(await left('SELECT channel AS x FROM otp_challenge')).toEqual(['email', 'email']);
  expect(await left(`SELECT encode(token_hash, 'hex') AS x FROM gate_session ORDER BY 1`)).toEqual(['03', '04']);
  expect(await left(`SELECT encode(token_hash, 'hex') AS x FROM gate_browser`)).toEqual(['02']);
  expect(await left('SELECT doctor_id AS x FROM gate_lockout ORDER BY 1')).toEqual([doctor(2), doctor(3)]);
});

import { beforeAll, expect, it } from 'vitest';
import { findEffectStates } from '@/server/modules/core/operations/queries';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';
import { rowsOf, withDatabase } from './database';
import { makeDoctor, newestChallenge, visitor } from './gate-fixture';

withDatabase();

let challenge: string;
const receipt = async () => (await findEffectStates([`otp:${challenge}`]))[0];

beforeAll(async () => {
  const doctor = await makeDoctor();
  await requestCode({ token: doctor.token, browser: null, visitor: visitor(), channel: 'sms' });
  challenge = await newestChallenge(doctor.linkId);
});

it('a code that has run out is no longer possible, and one that is alive or sent is reported as what it is', async () => {
  expect(await receipt()).toMatchObject({ possible: true, doneAt: null });
  await rowsOf(`UPDATE otp_challenge SET expires_at = now() - interval '1 second' WHERE id = $1`, [challenge]);
  expect(await receipt()).toMatchObject({ possible: false, doneAt: null });
  await rowsOf('UPDATE otp_challenge SET sent_at = now() WHERE id = $1', [challenge]);
  expect(await receipt()).toMatchObject({ possible: false, doneAt: expect.any(Date) });
  // What is not there any more cannot be sent either; other effects do not run out.
  const [gone, other] = await findEffectStates([`otp:${crypto.randomUUID()}`, `lis-order:${crypto.randomUUID()}`]);
  expect([gone?.possible, other?.possible].sort()).toEqual([false, true]);
});

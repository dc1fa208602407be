import { beforeAll, expect, it } from 'vitest';
import { findEffectStates, findRun, impactOfRuns } from '@/server/modules/core/operations/queries';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';
import { put } from './bare-rows';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import { type DoctorAtGate, makeDoctor, newestChallenge, visitor } from './gate-fixture';

withDatabase();

let doctor: DoctorAtGate;
let challenge: string;
beforeAll(async () => {
  doctor = await makeDoctor();
  await makeDoctor();
  await rowsPastGuards('UPDATE statement SET commission = 500, payable = 500');
  await requestCode({ token: doctor.token, browser: null, visitor: visitor(), channel: 'sms' });
  challenge = await newestChallenge(doctor.linkId);
});

it('a run about a code or a link is about the statement that it opens, and its money', async () => {
  const about = { 'otp-challenge': challenge, 'statement-link': doctor.linkId, statement: doctor.statementId };
  const address = { label: '2026-10', href: `/statements/2026-10/${doctor.statementId}` };
  for (const [kind, id] of Object.entries(about)) {
    await put('background_run', { run_id: kind, state: 'running', subject_kind: kind, subject_ids: [id] });
    expect((await findRun(kind))?.subject).toEqual({ kind, id, ...address });
    expect(await impactOfRuns([kind])).toEqual({ patients: 0, money: 500n });
  }
});

it('what a doctor did is an effect of its own, unless the act has recorded itself', async () => {
  const ids: string[] = [];
  for (const kind of ['opened', 'viewed', 'verified', 'revoked', 'failed', 'otp-requested']) {
    const id = crypto.randomUUID();
    await rowsPastGuards('INSERT INTO link_event (id, link_id, kind) VALUES ($1, $2, $3)', [id, doctor.linkId, kind]);
    ids.push(id);
  }
  const [opened = '', ...others] = ids.map((id) => `link-event:${id}`);
  await put('effect_receipt', { effect_key: opened, at: '2026-11-01T00:00:00Z' });
  const states = new Map((await findEffectStates([opened, ...others])).map((state) => [state.key, state]));
  expect(states.get(opened)).toEqual({
    ...{ key: opened, doneAt: new Date('2026-11-01T00:00:00Z'), applies: true, possible: true, done: null, left: null },
  });
  expect(others.map((key) => states.get(key)?.applies)).toEqual([true, false, false, false, false]);
  expect(await rowsOf('SELECT effect_key FROM effect_receipt')).toHaveLength(1);
});

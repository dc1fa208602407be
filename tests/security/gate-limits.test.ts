import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listLockouts } from '@/server/modules/referral/statement-access/queries';
import { openLink } from '@/server/modules/referral/statement-access/use-cases/open-link';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';
import { unlockGate } from '@/server/modules/referral/statement-access/use-cases/unlock-gate';
import { verifyCode } from '@/server/modules/referral/statement-access/use-cases/verify-code';
import { metrics } from '@/server/platform/metrics';
import { withDatabase } from '../integration/database';
import {
  actor,
  anotherAddress,
  askForCode,
  bindLocalMessages,
  type DoctorAtGate,
  makeDoctor,
  passPause,
  passTime,
  rowsOf,
  visitor,
} from '../integration/gate-fixture';

withDatabase();
beforeAll(bindLocalMessages);

let doctor: DoctorAtGate;
let home: string;
beforeEach(async () => {
  doctor = await makeDoctor();
  home = anotherAddress();
});

const limited = { kind: 'limited', code: 'too_many_tries' };
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const at = (addressHash: string) => visitor({ addressHash, method: 'POST' });

const attempt = (browser: string | null, code: string, addressHash: string) =>
  verifyCode({ token: doctor.token, browser, visitor: at(addressHash), code });

interface Asked {
  from?: string;
  browser?: string | null;
  known?: string | null;
  channel?: 'sms' | 'email';
}

async function ask({ from = home, browser = null, known = null, channel = 'sms' }: Asked = {}) {
  await passPause();
  return requestCode({ token: doctor.token, browser, known, visitor: at(from), channel });
}

/** Passes the gate from a browser; answers what it is known by from then on. */
async function pass(from = home): Promise<string> {
  const { code, browser } = await askForCode(doctor, from);
  return (await attempt(browser, code, from)).known;
}

/** Wrong tries from ever other browsers at ever other addresses, as a botnet that holds the link makes them. */
async function tryWrongly(times: number): Promise<void> {
  for (let n = 0; n < times; n += 5) {
    if (n % 20 === 0) await passTime(3_600);
    const from = anotherAddress();
    const { code, browser } = await askForCode(doctor, from);
    for (let of5 = 0; of5 < 5; of5 += 1) await attempt(browser, wrong(code), from).catch(() => {});
  }
}

const failures = async () =>
  (await rowsOf(`SELECT 1 FROM link_event WHERE link_id = $1 AND kind = 'failed'`, [doctor.linkId])).length;

describe('who holds a link', () => {
  it('locks nobody out by codes without ever asking for one', async () => {
    for (let n = 0; n < 100; n += 1) {
      const from = n % 10 === 0 ? anotherAddress() : home;
      await expect(attempt(null, '123456', from)).rejects.toMatchObject({ code: 'wrong_code' });
    }
    const { code, browser } = await askForCode(doctor, home);
    await expect(attempt(browser, code, home)).resolves.toHaveProperty('session');
    expect(await failures()).toBe(0);
  });

  it('makes no try by an empty or malformed code', async () => {
    const { code, browser } = await askForCode(doctor, home);
    for (const form of ['', '      ', 'abc', '12345', '1234567', `${code}0`, '\0', 'x'.repeat(5_000)])
      for (let n = 0; n < 6; n += 1)
        await expect(attempt(browser, form, home)).rejects.toMatchObject({ code: 'wrong_code' });
    expect(await failures()).toBe(0);
    await expect(attempt(browser, code, home)).resolves.toHaveProperty('session');
  });

  it('makes no try at the code of another browser', async () => {
    const { code, browser } = await askForCode(doctor, home);
    const stranger = await ask({ from: anotherAddress() });
    for (let n = 0; n < 5; n += 1) await attempt(stranger.browser, wrong(code), anotherAddress()).catch(() => {});
    await expect(attempt(browser, code, home)).resolves.toHaveProperty('session');
  });

  it('meets the limits of the own browser and address long before those of the doctor', async () => {
    const { code, browser } = await askForCode(doctor, anotherAddress());
    const strange = anotherAddress();
    for (let round = 0; round < 8; round += 1) {
      await passTime(3_600);
      const mine = await askForCode(doctor, strange).catch(() => null);
      for (let n = 0; mine && n < 5; n += 1) await attempt(mine.browser, wrong(mine.code), strange).catch(() => {});
    }
    expect(await failures()).toBe(30);
    await expect(attempt(browser, code, home)).resolves.toHaveProperty('session');
    expect(await listLockouts(doctor.doctorId)).toEqual([]);
  });

  it('meets a cap over all codes of a browser that a new code does not reset', async () => {
    const { browser } = await ask();
    for (let round = 0; round < 3; round += 1) {
      if (round > 0) await ask({ browser });
      for (let n = 0; n < 5; n += 1) await expect(attempt(browser, '000000', home)).rejects.toThrow('wrong_code');
    }
    await passTime(3_600);
    await expect(ask({ browser })).rejects.toMatchObject(limited);
    await expect(ask({ browser, from: anotherAddress() })).rejects.toMatchObject(limited);
  });

  it('at one address, cookies dropped each time, leaves codes for the doctor', async () => {
    const strange = anotherAddress();
    let sent = 0;
    for (let hour = 0; hour < 24; hour += 1) {
      for (let n = 0; n < 4; n += 1)
        for (const channel of ['sms', 'email'] as const) {
          const asked = await ask({ from: strange, channel }).catch(() => null);
          if (asked) sent += 1;
        }
      await passTime(1_800);
    }
    expect(sent).toBeLessThanOrEqual(12);
    await expect(ask()).resolves.toHaveProperty('browser');
    expect(await listLockouts(doctor.doctorId)).toEqual([]);
  });

  it('takes no turn of the doctor by requests that are refused', async () => {
    const strange = anotherAddress();
    for (let n = 0; n < 3; n += 1) await ask({ from: strange });
    await passPause();
    for (let n = 0; n < 20; n += 1)
      await expect(
        requestCode({ token: doctor.token, browser: null, visitor: at(strange), channel: 'sms' }),
      ).rejects.toMatchObject(limited);
    await expect(
      requestCode({ token: doctor.token, browser: null, visitor: at(home), channel: 'sms' }),
    ).resolves.toHaveProperty('browser');
  });
});

describe('many browsers at many addresses', () => {
  it('reach a cap of the doctor that locks out unknown browsers, and none that passed before', async () => {
    const known = await pass();
    await tryWrongly(95);
    await passTime(3_600);
    await expect(ask({ from: anotherAddress() })).rejects.toMatchObject(limited);
    const { code, browser } = await askForCode(doctor, home, known);
    await expect(attempt(browser, code, home)).resolves.toHaveProperty('session');
  });

  it('raise an alarm once, which staff sees and ends', async () => {
    const count = async () => (await metrics().gateLockouts.get()).values.reduce((sum, { value }) => sum + value, 0);
    const before = await count();
    await tryWrongly(100);
    await passTime(3_600);
    for (let n = 0; n < 5; n += 1) await ask({ from: anotherAddress() }).catch(() => {});
    expect(await listLockouts(null)).toContainEqual(
      expect.objectContaining({ doctorId: doctor.doctorId, lockedAt: expect.any(Date) }),
    );
    expect((await count()) - before).toBe(1);
    await unlockGate({ actor, doctorId: doctor.doctorId });
    expect(await listLockouts(doctor.doctorId)).toEqual([]);
    const from = anotherAddress();
    const { code, browser } = await askForCode(doctor, from);
    await expect(attempt(browser, code, from)).resolves.toHaveProperty('session');
    const audit = await rowsOf<{ action: string }>(
      `SELECT action FROM audit_entry WHERE entity = 'doctor' AND entity_id = $1 AND action LIKE 'gate.%' ORDER BY at, id`,
      [doctor.doctorId],
    );
    expect(audit.map(({ action }) => action)).toEqual(['gate.locked', 'gate.unlocked']);
    await expect(unlockGate({ actor, doctorId: doctor.doctorId })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('get a number at most five codes an hour, the last kept for a browser that passed before', async () => {
    const known = await pass();
    await passTime(3_600);
    const asked = [];
    for (let n = 0; n < 10; n += 1) asked.push(await ask({ from: anotherAddress() }).catch(() => null));
    expect(asked.filter(Boolean)).toHaveLength(4);
    await expect(ask({ known })).resolves.toHaveProperty('browser');
    await expect(ask({ known })).rejects.toMatchObject(limited);
  });

  it('get a doctor at most twenty codes a day, by all the links there are', async () => {
    let sent = 0;
    for (let hour = 0; hour < 23; hour += 1) {
      for (let n = 0; n < 6; n += 1) if (await ask({ from: anotherAddress() }).catch(() => null)) sent += 1;
      await passTime(3_600 - 6 * 31);
    }
    expect(sent).toBe(20);
    expect(await listLockouts(doctor.doctorId)).toMatchObject([{ reason: 'codes' }]);
  });

  it('do not get through a limit by asking all at once', async () => {
    await passPause();
    const asked = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        requestCode({ token: doctor.token, browser: null, visitor: at(anotherAddress()), channel: 'sms' }),
      ),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a browser that passed before', () => {
  it('has limits of its own, wherever it is, and of no other doctor', async () => {
    const known = await pass();
    const other = await makeDoctor();
    for (let n = 0; n < 3; n += 1) await ask({ from: anotherAddress() });
    const elsewhere = { token: other.token, browser: null, visitor: at(home), channel: 'sms' as const };
    for (let n = 0; n < 4; n += 1) {
      await passPause();
      await requestCode({ ...elsewhere, visitor: at(anotherAddress()) });
    }
    await passPause();
    await expect(requestCode({ ...elsewhere, known })).rejects.toMatchObject(limited);
  });

  it('opens nothing by what it is known by', async () => {
    const known = await pass();
    await expect(attempt(known, '123456', home)).rejects.toMatchObject({ code: 'wrong_code' });
  });
});

it('guessing links shuts no neighbour out who shares the address and has one', async () => {
  const open = (token: string) =>
    openLink({ token, browser: null, visitor: visitor({ addressHash: home }), again: true });
  const guess = async () => {
    const token = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');
    return open(token).catch((error: { code: string }) => error.code);
  };
  const answers = await Promise.all(Array.from({ length: 140 }, guess));
  expect(answers.filter((code) => code === 'too_many_tries')).toHaveLength(20);
  await expect(open(doctor.token)).resolves.toHaveProperty('linkId');
});

import { beforeAll, describe, expect, it } from 'vitest';
import { notificationKinds } from '@/inngest/functions/core/notification-kinds';
import { sendMessages } from '@/server/modules/core/notifications/public/send-messages';
import { checkGateways } from '@/server/modules/core/notifications/use-cases/check-gateways';
import { listBox } from '@/server/modules/core/notifications/use-cases/list-box';
import { openBox } from '@/server/modules/core/notifications/use-cases/open-box';
import { sendOtp } from '@/server/modules/referral/statement-access/public/send-otp';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';
import { isPublicAddress } from '@/server/platform/env';
import { withDatabase } from '../integration/database';
import { actor, anotherAddress, makeDoctor, newestChallenge, rowsOf, visitor } from '../integration/gate-fixture';
import { makeStaff } from '../integration/till-fixture';

withDatabase({ PUBLIC_URL: 'https://portal.clinic.example' });

it('a public https address is one that is not this machine', () => {
  for (const address of ['https://portal.clinic.example', 'https://10.0.0.5', 'https://localhost.evil.example'])
    expect(isPublicAddress(address), address).toBe(true);
  for (const address of [
    'http://portal.clinic.example',
    'https://localhost:3000',
    'https://127.0.0.1',
    'https://[::1]:1',
  ])
    expect(isPublicAddress(address), address).toBe(false);
});

describe('codes are never shown in the message box when a public https address is set', () => {
  beforeAll(async () => {
    await rowsOf(`INSERT INTO local_message (channel, "to", text) VALUES
      ('sms', '+84901', '123456 là mã xác thực để xem bảng kê của bác sĩ, có hiệu lực trong 5 phút.'),
      ('email', 'a@b.example', '654321 is your code to open your statement.'),
      ('sms', '+84902', 'Sapoche: Phiếu Q1-261120-0007')`);
  });

  it('nor do they get there: none is sent without a gateway, and the run says why', async () => {
    const doctor = await makeDoctor();
    const by = visitor({ addressHash: anotherAddress(), method: 'POST' });
    await requestCode({ token: doctor.token, browser: null, visitor: by, channel: 'sms' });
    const challengeId = await newestChallenge(doctor.linkId);
    await expect(sendOtp({ actor, challengeId })).rejects.toMatchObject({ code: 'no_gateway', retryable: false });
    expect(await rowsOf('SELECT 1 FROM local_message WHERE "to" IN ($1, $2)', [doctor.phone, doctor.email])).toEqual(
      [],
    );
  });

  it('on /operations and by the command line, also none from before', async () => {
    const staff = await makeStaff('administrator', null);
    const shown = [...(await listBox({ actor, to: null })), ...(await openBox({ actor: staff, limit: 50 })).rows];
    const texts = shown.map(({ text }) => text).join('\n');
    expect(texts).not.toMatch(/123456|654321/);
    expect(texts).toContain('•••••• là mã xác thực');
    expect(texts).toContain('Phiếu Q1-261120-0007');
  });

  it('while notifications are still in it, and staff is warned of each missing gateway', async () => {
    const doctor = await makeDoctor();
    const dedupeKey = `statement-published:${doctor.linkId}`;
    const notification = { template: 'statement-published' as const, dedupeKey, linkId: doctor.linkId };
    expect(await sendMessages({ actor, notifications: [notification], kinds: notificationKinds })).toEqual({
      sent: 1,
      failed: 0,
    });
    expect(checkGateways()).toEqual(['sms', 'email']);
  });
});

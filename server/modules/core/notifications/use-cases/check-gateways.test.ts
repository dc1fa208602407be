import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const settings = { ...process.env };
beforeEach(() => vi.resetModules());
afterEach(() => {
  process.env = { ...settings };
});

const SMS = 'https://sms.example/send';
const SMTP = 'smtp://mail.example';

it.each([
  ['https://portal.example', '', '', ['sms', 'email']],
  ['https://portal.example', SMS, '', ['email']],
  ['https://portal.example', '', SMTP, ['sms']],
  ['https://portal.example', SMS, SMTP, []],
  ['http://localhost:3000', '', '', []],
])(
  'at %s with an SMS gateway "%s" and a mail server "%s", these channels reach nobody: %j',
  async (address, smsUrl, smtp, missing) => {
    const secrets = Object.fromEntries(
      ['AUTH_SECRET', 'OTP_KEY', 'LINK_KEY', 'AUDIT_KEY'].map((name) => [name, 'x'.repeat(64)]),
    );
    Object.assign(process.env, {
      DATABASE_URL: 'postgres://x@localhost/x',
      PUBLIC_URL: address,
      SMS_URL: smsUrl,
      SMTP_URL: smtp,
      ...secrets,
    });
    const { checkGateways } = await import('./check-gateways');
    expect(checkGateways()).toEqual(missing);
  },
);

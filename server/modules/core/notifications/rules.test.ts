import { describe, expect, it } from 'vitest';
import { renderText, waysTo, withoutCode } from './rules';
import type { TextRequest } from './schema';

describe('texts', () => {
  it('say the code, how long it lives, and to keep it', () => {
    const params = { code: '012345', minutes: 5 };
    expect(renderText({ template: 'otp', language: 'vi', params }).text).toContain('012345 là mã xác thực');
    expect(renderText({ template: 'otp', language: 'en', params }).text).toContain('012345 is your code');
    expect(renderText({ template: 'otp', language: 'en', params }).subject).not.toContain('012345');
  });

  it('bring a doctor to the statement', () => {
    const params = {
      organisation: 'Sapoche',
      doctor: 'BS. CKII. Hồ Kim Bình',
      month: '2026-10',
      address: 'https://p.example/s/x',
    };
    const { subject, text } = renderText({ template: 'statement-published', language: 'vi', params });
    expect(subject).toBe('Bảng kê tháng 10/2026 của bác sĩ');
    expect(text).toBe(
      'Sapoche: Kính gửi BS. Hồ Kim Bình, bảng kê tháng 10/2026 đã sẵn sàng. Xem tại: https://p.example/s/x',
    );
    expect(
      renderText({ template: 'statement-published', language: 'en', params: { ...params, doctor: 'BS.' } }).text,
    ).toContain('Dr BS.');
  });

  it('thank for a payment with number, amount and branch, and nothing of what was bought', () => {
    const params = {
      organisation: 'Sapoche',
      number: 'Q1-261120-0007',
      paid: '1250000',
      currency: 'VND',
      branch: 'Quận 1',
    };
    expect(renderText({ template: 'order-paid', language: 'vi', params }).text).toBe(
      'Sapoche: Đã nhận thanh toán 1.250.000 đ cho đơn Q1-261120-0007 tại Quận 1. Cảm ơn quý khách.',
    );
    const dollars = { ...params, paid: '5', currency: 'USD' };
    expect(renderText({ template: 'order-paid', language: 'en', params: dollars }).text).toContain('US$0.05');
  });
});

it('a doctor is addressed once, a month is that of its name wherever the server stands, and no sum loses a sign', () => {
  const params = { organisation: 'S', doctor: 'Dr. ThS. An Dr. Bình', month: '2026-01', address: 'x' };
  const zone = process.env.TZ;
  process.env.TZ = 'America/New_York';
  const { subject, text } = renderText({ template: 'statement-published', language: 'en', params });
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  expect(subject).toBe('Your statement for January 2026');
  expect(text).toBe('S: Dear Dr An Dr. Bình, your statement for January 2026 is ready. Open it at: x');
  const paid = (amount: string, currency: string) => {
    const request = { organisation: 'S', number: '1', branch: 'B', paid: amount, currency };
    return /received (.*) for/.exec(renderText({ template: 'order-paid', language: 'en', params: request }).text)?.[1];
  };
  expect([
    paid('0', 'VND'),
    paid('1234567', 'VND'),
    paid('100', 'USD'),
    paid('-5', 'USD'),
    paid('123456', 'USD'),
  ]).toEqual([...['đ0', 'đ1,234,567', 'US$1.00', '-US$0.05', 'US$1,234.56']]);
});

const order = { organisation: 'Sapoche', number: 'Q1-1', branch: 'Quận 1' };
const WORDS: [template: TextRequest['template'], params: object, vi: [string, string], en: [string, string]][] = [
  [
    'otp',
    { code: '012345', minutes: 5 },
    [
      'Mã xác thực của bác sĩ',
      '012345 là mã xác thực để xem bảng kê của bác sĩ, có hiệu lực trong 5 phút. Vui lòng không chia sẻ mã này với bất kỳ ai.',
    ],
    [
      'Your verification code',
      '012345 is your code to open your statement. It is valid for 5 minutes. Do not share it with anyone.',
    ],
  ],
  [
    'statement-published',
    { organisation: 'Sapoche', doctor: 'Dr. An', month: '2026-01', address: 'https://x' },
    [
      'Bảng kê tháng 01/2026 của bác sĩ',
      'Sapoche: Kính gửi BS. An, bảng kê tháng 01/2026 đã sẵn sàng. Xem tại: https://x',
    ],
    [
      'Your statement for January 2026',
      'Sapoche: Dear Dr An, your statement for January 2026 is ready. Open it at: https://x',
    ],
  ],
  [
    'order-paid',
    { ...order, paid: '-1234', currency: 'USD' },
    ['Phiếu thu Q1-1', 'Sapoche: Đã nhận thanh toán -12,34 US$ cho đơn Q1-1 tại Quận 1. Cảm ơn quý khách.'],
    ['Receipt Q1-1', 'Sapoche: We have received -US$12.34 for order Q1-1 at Quận 1. Thank you.'],
  ],
  [
    'order-on-account',
    order,
    [
      'Phiếu dịch vụ Q1-1',
      'Sapoche: Đã tiếp nhận đơn Q1-1 tại Quận 1. Chi phí do đơn vị của quý khách chi trả, quý khách không phải trả tiền.',
    ],
    [
      'Order Q1-1',
      'Sapoche: Your order Q1-1 at Quận 1 is registered. Your organisation bears the cost; you have nothing to pay.',
    ],
  ],
  [
    'order-free',
    order,
    ['Phiếu dịch vụ Q1-1', 'Sapoche: Đã tiếp nhận đơn Q1-1 tại Quận 1. Quý khách không phải trả tiền.'],
    ['Order Q1-1', 'Sapoche: Your order Q1-1 at Quận 1 is registered. You have nothing to pay.'],
  ],
];

it.each(WORDS)('a message says what it says, in either language: %s', (template, params, vi, en) => {
  const answered = (language: 'vi' | 'en') => {
    const { subject, text } = renderText({ template, language, params } as TextRequest);
    return [subject, text];
  };
  expect([answered('vi'), answered('en')]).toEqual([vi, en]);
});

it('a code is taken out of its own message alone, and only where that begins with it', () => {
  for (const language of ['vi', 'en'] as const) {
    const { text } = renderText({ template: 'otp', language, params: { code: '012345', minutes: 5 } });
    expect(withoutCode(text)).toBe(text.replace('012345', '••••••'));
    expect(withoutCode(`x ${text}`)).toBe(`x ${text}`);
  }
  expect(withoutCode('012345 đ')).toBe('012345 đ');
});

describe('ways to a person', () => {
  const both = { phone: '+84912345973', email: 'a@b.example' };

  it('begin with the preferred channel and fall back to the other', () => {
    expect(waysTo(both, 'sms').map((way) => way.channel)).toEqual(['sms', 'email']);
    expect(waysTo(both, 'email').map((way) => way.channel)).toEqual(['email', 'sms']);
    expect(waysTo({ ...both, phone: null }, 'sms')).toEqual([{ channel: 'email', to: 'a@b.example' }]);
    expect(waysTo({ phone: null, email: null }, 'sms')).toEqual([]);
  });
});

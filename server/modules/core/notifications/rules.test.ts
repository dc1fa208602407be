import { describe, expect, it } from 'vitest';
import { renderText, waysTo } from './rules';

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
      'Sapoche: Đã nhận thanh toán 1.250.000 đ cho phiếu Q1-261120-0007 tại Quận 1. Cảm ơn quý khách.',
    );
    const dollars = { ...params, paid: '5', currency: 'USD' };
    expect(renderText({ template: 'order-paid', language: 'en', params: dollars }).text).toContain('US$0.05');
  });
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

import type { Channel, Language, Recipients, TextRequest } from './schema';

export type RenderedText = { subject: string; text: string };

/** The words of a message, in its reader's language. They are short: a text message is paid for by its length. */
export function renderText(request: TextRequest): RenderedText {
  switch (request.template) {
    case 'otp':
      return OTP[request.language](request.params);
    case 'statement-published':
      return STATEMENT_PUBLISHED[request.language](request.params);
    case 'order-paid':
      return ORDER_PAID[request.language](request.params);
    case 'order-on-account':
      return ORDER_ON_ACCOUNT[request.language](request.params);
    case 'order-free':
      return ORDER_FREE[request.language](request.params);
  }
}

type Words<T extends TextRequest['template']> = Record<
  Language,
  (params: Extract<TextRequest, { template: T }>['params']) => RenderedText
>;

const OTP: Words<'otp'> = {
  vi: ({ code, minutes }) => ({
    subject: 'Mã xác thực của bác sĩ',
    text: `${code} là mã xác thực để xem bảng kê của bác sĩ, có hiệu lực trong ${minutes} phút. Vui lòng không chia sẻ mã này với bất kỳ ai.`,
  }),
  en: ({ code, minutes }) => ({
    subject: 'Your verification code',
    text: `${code} is your code to open your statement. It is valid for ${minutes} minutes. Do not share it with anyone.`,
  }),
};

const STATEMENT_PUBLISHED: Words<'statement-published'> = {
  vi: ({ organisation, doctor, month, address }) => ({
    subject: `Bảng kê tháng ${monthText(month, 'vi')} của bác sĩ`,
    text: `${organisation}: Kính gửi BS. ${withoutTitle(doctor)}, bảng kê tháng ${monthText(month, 'vi')} đã sẵn sàng. Xem tại: ${address}`,
  }),
  en: ({ organisation, doctor, month, address }) => ({
    subject: `Your statement for ${monthText(month, 'en')}`,
    text: `${organisation}: Dear Dr ${withoutTitle(doctor)}, your statement for ${monthText(month, 'en')} is ready. Open it at: ${address}`,
  }),
};

const ORDER_PAID: Words<'order-paid'> = {
  vi: ({ organisation, number, paid, currency, branch }) => ({
    subject: `Phiếu thu ${number}`,
    text: `${organisation}: Đã nhận thanh toán ${amountText(paid, currency, 'vi')} cho đơn ${number} tại ${branch}. Cảm ơn quý khách.`,
  }),
  en: ({ organisation, number, paid, currency, branch }) => ({
    subject: `Receipt ${number}`,
    text: `${organisation}: We have received ${amountText(paid, currency, 'en')} for order ${number} at ${branch}. Thank you.`,
  }),
};

// What a company pays is between it and the laboratory: its patients see no price.
const ORDER_ON_ACCOUNT: Words<'order-on-account'> = {
  vi: ({ organisation, number, branch }) => ({
    subject: `Phiếu dịch vụ ${number}`,
    text: `${organisation}: Đã tiếp nhận đơn ${number} tại ${branch}. Chi phí do đơn vị của quý khách chi trả, quý khách không phải trả tiền.`,
  }),
  en: ({ organisation, number, branch }) => ({
    subject: `Order ${number}`,
    text: `${organisation}: Your order ${number} at ${branch} is registered. Your organisation bears the cost; you have nothing to pay.`,
  }),
};

const ORDER_FREE: Words<'order-free'> = {
  vi: ({ organisation, number, branch }) => ({
    subject: `Phiếu dịch vụ ${number}`,
    text: `${organisation}: Đã tiếp nhận đơn ${number} tại ${branch}. Quý khách không phải trả tiền.`,
  }),
  en: ({ organisation, number, branch }) => ({
    subject: `Order ${number}`,
    text: `${organisation}: Your order ${number} at ${branch} is registered. You have nothing to pay.`,
  }),
};

/** `2026-10` as its readers write it: `10/2026`, `October 2026`. */
function monthText(month: string, language: Language): string {
  if (language === 'vi') return `${month.slice(5)}/${month.slice(0, 4)}`;
  const format = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}

/** Names are often kept with their title, which the sentence has already. */
const withoutTitle = (name: string): string =>
  name.replace(/^((dr|bs|ths|ts|pgs|gs|ck1|ck2|cki|ckii|bác sĩ|doctor)\b[.\s]*)+/iu, '').trim() || name;

/** Minor units with the currency's own count of decimals, grouped as the language does. */
function amountText(minor: string, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 0;
  const padded = minor.replace('-', '').padStart(digits + 1, '0');
  const whole = padded.slice(0, padded.length - digits);
  const decimal = digits > 0 ? `${whole}.${padded.slice(-digits)}` : whole;
  const value = `${minor.startsWith('-') ? '-' : ''}${decimal}` as Intl.StringNumericLiteral;
  // One way of writing đồng, and plain spaces: a text message pays for what its alphabet does not hold.
  return format.format(value).replaceAll('\u00a0', ' ').replace('₫', 'đ');
}

/** The beginning of a code's text in either language: six digits, then what `OTP` says of them. */
const CODE_TEXT = /^\d{6}(?= là mã xác thực| is your code)/;

/** A text without the code it holds, for a reader whom it was not meant for. */
export const withoutCode = (text: string): string => text.replace(CODE_TEXT, '••••••');

/** The channels by which a person can be reached, the preferred one first. */
export function waysTo(recipients: Recipients, prefer: Channel): { channel: Channel; to: string }[] {
  const ways = [
    ...(recipients.phone ? [{ channel: 'sms' as const, to: recipients.phone }] : []),
    ...(recipients.email ? [{ channel: 'email' as const, to: recipients.email }] : []),
  ];
  return ways.sort((a, b) => Number(b.channel === prefer) - Number(a.channel === prefer));
}

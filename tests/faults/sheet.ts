const ROWS = 1_515;
const HEAD =
  'external_ref,branch,ordered_at,patient_name,patient_dob,patient_sex,patient_phone,customer_code,doctor_code,service_codes,discount_percent,payment,note';
/** Rows are written 5,000 at a time by their numbers: blank lines spread these over three chunks. */
const BLANK = '\n'.repeat(4_600);

const isWrong = (at: number) => at % 101 === 0;
const isBilled = (at: number) => at % 4 === 0;
const isLarge = (at: number) => at % 3 === 0;
const refOf = (at: number) => `K-${String(at).padStart(5, '0')}`;
const numbers = Array.from({ length: ROWS }, (_, index) => index + 1);

export const WRONG_ROWS = numbers.filter(isWrong).length;

const lineOf = (at: number) =>
  [
    refOf(at),
    at % 2 ? 'Q1' : 'HN',
    new Date(Date.now() - 86_400_000 * (1 + (at % 5))).toISOString().slice(0, 10),
    `Người thứ ${at % 37}`,
    '1985-06-07',
    'female',
    isWrong(at) ? 'abc' : `091${String(1_000_000 + (at % 37))}`,
    isBilled(at) ? 'VIPCO' : '',
    'D1',
    isLarge(at) ? 'CBC|GLU|PACK' : 'CBC',
    isLarge(at) ? '"12,5"' : '',
    isBilled(at) ? 'account' : 'cash',
    '',
  ].join(',');

/** Orders for the fixture of the till, of 37 people, in three groups with thousands of blank lines between them. */
export function ordersSheet(): string {
  const third = ROWS / 3;
  const groups = [0, 1, 2].map((group) =>
    numbers
      .slice(group * third, (group + 1) * third)
      .map(lineOf)
      .join('\n'),
  );
  return `${HEAD}\n${groups.join(BLANK)}\n`;
}

/** Every right row as the order that it has to become: what it holds, and each effect of it once. */
export const expectedOrders = () =>
  numbers
    .filter((at) => !isWrong(at))
    .map((at) => ({
      ref: refOf(at),
      lines: isLarge(at) ? 3 : 1,
      payments: isBilled(at) ? 0 : 1,
      labels: isLarge(at) ? 2 : 1,
      accession: true,
      reported: 1,
      prepared: 1,
      sent: 1,
      receipts: 1,
      messages: 1,
    }));

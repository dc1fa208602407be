// Sheets of orders as corporate customers send them, every row right, in the codes of the demo business.
const HEADER =
  'external_ref,branch,ordered_at,patient_name,patient_dob,patient_sex,patient_phone,customer_code,doctor_code,service_codes,discount_percent,payment,note';
const SERVICES = ['HH01|SH01|MD01', 'SH03|SH04', 'GOI01', 'HH07|TM01'];
const DAY_MS = 24 * 3_600_000;
const DAYS = 5;

const two = (n: number) => String(n).padStart(2, '0');
const dayBefore = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

export interface Sheet {
  /** Begins every reference, and nobody else's. */
  reference: string;
  customer: string;
  rows: number;
  /** Of the first row; a phone belongs to one number alone. */
  firstPhone: number;
}

/** As CSV. All sheets are of the same branches and the same last days, so that they want the same numbers. */
export function ordersCsv({ reference, customer, rows, firstPhone }: Sheet): string {
  const days = Array.from({ length: DAYS }, (_, back) => dayBefore(back + 2));
  const lines = Array.from({ length: rows }, (_, n) =>
    [
      `${reference}-${n + 1}`,
      n % 3 ? 'Q3' : 'TD',
      `${days[n % DAYS]}T${two(7 + (n % 10))}:15`,
      `Người Đo Làn ${n + 1}`,
      `${1950 + (n % 50)}-${two((n % 12) + 1)}-${two((n % 28) + 1)}`,
      n % 2 ? 'female' : 'male',
      `09${String((firstPhone + n) % 100_000_000).padStart(8, '0')}`,
      customer,
      `BS${String((n % 16) + 1).padStart(3, '0')}`,
      SERVICES[n % SERVICES.length],
      n % 4 ? '' : '7.5',
      'account',
      '',
    ].join(','),
  );
  return `${[HEADER, ...lines].join('\n')}\n`;
}

/** A corporate customer's sheet of `rows` orders in October 2026, with five rows that are wrong in known ways. */
export function ordersSheet(rows: number, run: string): { name: string; mimeType: string; buffer: Buffer } {
  const header =
    'external_ref,branch,ordered_at,patient_name,patient_dob,patient_sex,patient_phone,customer_code,doctor_code,service_codes,discount_percent,payment,note';
  const lines = Array.from({ length: rows }, (_, index) => {
    const n = index + 1;
    const day = String((n % 31) + 1).padStart(2, '0');
    const hour = String(7 + (n % 10)).padStart(2, '0');
    const phone = `09${String(10_000_000 + n * 37).slice(-8)}`;
    const born = `${1950 + (n % 50)}-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}`;
    const doctor = `BS${String((n % 16) + 1).padStart(3, '0')}`;
    return [
      `${run}-${String(n).padStart(5, '0')}`,
      n % 3 ? 'Q3' : 'TD',
      `2026-10-${day}T${hour}:15`,
      `Nguyễn Văn Mẫu ${n % 400}`,
      born,
      'male',
      phone,
      'KH003',
      doctor,
      n % 2 ? 'HH01|SH01' : 'GOI01',
      n % 4 ? '' : '7.5',
      'account',
      '',
    ];
  });
  const wrong: Record<number, [number, string]> = {
    10: [1, 'XX'],
    20: [6, '12345'],
    30: [4, '1990-13-01'],
    40: [9, 'HH01|NOPE'],
    50: [10, '101'],
  };
  for (const [at, [column, text]] of Object.entries(wrong)) {
    const line = lines[Number(at)];
    if (line) line[column] = text;
  }
  const text = `${[header, ...lines.map((line) => line.join(','))].join('\n')}\n`;
  return { name: `${run}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text, 'utf8') };
}

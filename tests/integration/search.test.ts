import { beforeAll, expect, it } from 'vitest';
import type { Role } from '@/server/domain/role';
import { searchEverything } from '@/server/modules/core/search/queries';
import { put } from './bare-rows';
import { rowsOf, withDatabase } from './database';
import { makeStaff, oneOf } from './till-fixture';

withDatabase();

const branches = new Map<string, string>();
beforeAll(async () => {
  await rowsOf(`
    INSERT INTO organisation (id, name_vi, name_en) VALUES (1, 'S', 'S') ON CONFLICT DO NOTHING;
    INSERT INTO branch (code, name_vi, name_en) VALUES ('Q1', 'x', 'x'), ('HN', 'x', 'x');
    INSERT INTO doctor (code, name) SELECT 'D' || n, 'BS. Trần ' || n FROM generate_series(8, 1, -1) n;
    INSERT INTO patient (code, full_name, name_key, dob, sex, phone, created_at)
      SELECT 'P' || n, 'Trần ' || n, search_key('Trần ' || n), '1990-05-12', 'male', '+8491234567' || n, '2026-11-01'::timestamptz + make_interval(days => n % 5, mins => n)
      FROM generate_series(1, 8) n`);
  for (const { id, code } of await rowsOf<{ id: string; code: string }>('SELECT id, code FROM branch'))
    branches.set(code, id);
  for (let n = 1; n <= 8; n += 1) {
    const { id } = await oneOf<{ id: string }>('SELECT id FROM patient WHERE code = $1', [`P${n}`]);
    const at = new Date(Date.UTC(2026, 9, 1 + (n % 5), 0, n));
    const refs = { external_ref: `ref-${n}`, accession: `A_${n}` };
    const branch_id = branches.get(n === 8 ? 'HN' : 'Q1');
    await put('orders', { number: `Q1-${n}`, branch_id, patient_id: id, ordered_at: at, ...refs });
  }
});

const found = async (text: string, role: Role = 'branch-manager', branch: string | null = 'Q1') =>
  (await searchEverything(await makeStaff(role, branch), text)).map(({ kind, title }) => `${kind} ${title}`);
const orders = (...numbers: number[]) => numbers.map((n) => `orders Q1-${n}`);
const patients = (...numbers: number[]) => numbers.map((n) => `patients Trần ${n}`);
const doctors = (...numbers: number[]) => numbers.map((n) => `doctors BS. Trần ${n}`);

it('finds six of each kind, the newest patients and orders first and doctors by their code', async () => {
  expect(await found('trần')).toEqual([
    ...patients(4, 8, 3, 7, 2, 6),
    ...orders(4, 3, 7, 2, 6, 1),
    ...doctors(1, 2, 3, 4, 5, 6),
  ]);
});

it('finds what its reader may read: nobody’s patients for finance, and every order where every branch is open', async () => {
  expect(await found('trần', 'finance', null)).toEqual([...orders(4, 8, 3, 7, 2, 6), ...doctors(1, 2, 3, 4, 5, 6)]);
  expect(await found('trần 8', 'clinician', 'HN')).toEqual([...patients(8), ...orders(8), ...doctors(8)]);
  expect(await found('trần 8')).toEqual([...patients(8), ...doctors(8)]);
});

it('finds an order by its number, its accession and its reference as they are, of its branch alone', async () => {
  expect([await found('q1-3'), await found('a_5'), await found('ref-6')]).toEqual([orders(3), orders(5), orders(6)]);
  expect([await found('q1-8'), await found('REF-6'), await found('q1-'), await found('a_')]).toEqual([[], [], [], []]);
});

it('takes no sign for any other, and leads to where each opens', async () => {
  expect([await found('%%'), await found('__'), await found('tr_n'), await found('tr%n')]).toEqual([[], [], [], []]);
  await rowsOf(`UPDATE doctor SET name = 'BS. 100%_Tốt' WHERE code = 'D8'`);
  expect([await found('0%_t'), await found('0%xt'), await found('0x_t')]).toEqual([['doctors BS. 100%_Tốt'], [], []]);
  const [patient, order, doctor] = await searchEverything(await makeStaff('branch-manager', 'Q1'), 'trần 2');
  expect(patient).toEqual({
    ...{
      kind: 'patients',
      id: expect.any(String),
      title: 'Trần 2',
      detail: 'P2 · 12/05/1990',
      href: `/patients/${patient?.id}`,
    },
  });
  expect(order).toMatchObject({ title: 'Q1-2', detail: 'Trần 2 · 03/10/2026', href: `/orders/${order?.id}` });
  expect(doctor).toMatchObject({ title: 'BS. Trần 2', detail: 'D2', href: `/doctors/${doctor?.id}` });
});

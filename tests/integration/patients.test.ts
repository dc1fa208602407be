import { beforeAll, expect, it } from 'vitest';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { findPatients, listPatients, patientDetail } from '@/server/modules/sales/patients/queries';
import { type RegisterPatient, registerPatientInput } from '@/server/modules/sales/patients/schema';
import { registerPatient } from '@/server/modules/sales/patients/use-cases/register-patient';
import { withDatabase } from './database';
import { cartOf, countOf, makeCashier, makeFixture, makeStaff, patientNamed, rowsOf } from './till-fixture';

withDatabase();
beforeAll(makeFixture);

const person = (parts: Partial<Record<keyof RegisterPatient, string>> = {}): RegisterPatient =>
  registerPatientInput.parse({
    fullName: 'Trần Đình Phúc',
    dob: '1975-02-03',
    sex: 'male',
    phone: '0905 111 222',
    ...parts,
  });

it('registers a patient once, however the name and phone are written and however parallel', async () => {
  const actor = await makeStaff('cashier');
  const before = await countOf('patient');
  const ways = [
    person(),
    person({ fullName: '  tran   dinh PHUC ', phone: '+84905111222' }),
    person({ phone: '84905.111.222' }),
  ];
  const saved = await Promise.all(
    Array.from({ length: 20 }, (_, index) => registerPatient({ actor, patient: ways[index % 3] ?? person() })),
  );
  expect(new Set(saved.map((one) => one.id)).size).toBe(1);
  expect(saved.filter((one) => one.isNew)).toHaveLength(1);
  expect(await countOf('patient')).toBe(before + 1);
  const other = await registerPatient({ actor, patient: person({ dob: '1975-02-04' }) });
  expect(other.isNew).toBe(true);
});

it('nobody is born tomorrow, by the day of the organisation', async () => {
  const actor = await makeStaff('cashier');
  const [{ today = '', tomorrow = '' } = {}] = await rowsOf<Record<'today' | 'tomorrow', string>>(
    `SELECT business_day(now())::text AS today, (business_day(now()) + 1)::text AS tomorrow`,
  );
  const patient = { ...person(), dob: tomorrow };
  await expect(registerPatient({ actor, patient })).rejects.toMatchObject({ kind: 'invalid', code: 'future_birth' });
  expect((await registerPatient({ actor, patient: { ...patient, dob: today } })).isNew).toBe(true);
});

it('keeps a patient as it was registered, and leaves a trace of who was new and who was there', async () => {
  const actor = await makeStaff('cashier');
  const given = { fullName: 'Lý  Thị Bé', dob: '2001-02-03', sex: 'female', phone: '0905 111 333' };
  const full = await registerPatient({ actor, patient: person({ ...given, email: 'Be@X.vn', address: '1 Lê Lợi' }) });
  expect(full).toEqual({
    ...{ id: expect.any(String), code: expect.stringMatching(/^P\d{7}$/), isNew: true, createdAt: expect.any(Date) },
    ...{ fullName: 'Lý Thị Bé', dob: '2001-02-03', sex: 'female', phone: '+84905111333' },
  });
  const bare = await registerPatient({
    actor,
    patient: person({ ...given, phone: '0905111334', email: '', address: '' }),
  });
  const others = [{ dob: '2001-02-04' }, { fullName: 'Lý Thị Bê' }].map((change) => person({ ...given, ...change }));
  for (const patient of others)
    expect(await registerPatient({ actor, patient })).toMatchObject({ isNew: patient.dob !== given.dob });
  // Who is there is answered as the record has it, whatever was typed.
  const typed = person({ ...given, fullName: 'LÝ THỊ BÉ', sex: 'male' });
  expect(await registerPatient({ actor, patient: typed })).toEqual({ ...full, isNew: false });
  const rows = await rowsOf(
    `SELECT code, full_name AS "fullName", name_key AS key, dob::text, sex, phone, email, address FROM patient WHERE id = ANY ($1) ORDER BY phone`,
    [[full.id, bare.id]],
  );
  const kept = { fullName: 'Lý Thị Bé', key: 'ly thi be', dob: '2001-02-03', sex: 'female' };
  expect(rows).toEqual([
    { ...kept, code: full.code, phone: '+84905111333', email: 'be@x.vn', address: '1 Lê Lợi' },
    { ...kept, code: bare.code, phone: '+84905111334', email: null, address: null },
  ]);
  const trail = await rowsOf(
    `SELECT action, entity, actor_id AS by FROM audit_entry WHERE entity_id = $1 ORDER BY at, id`,
    [full.id],
  );
  expect(trail).toEqual(
    ['patient.registered', 'patient.found', 'patient.found'].map((action) => ({
      action,
      entity: 'patient',
      by: actor.id,
    })),
  );
});

it('refuses what is no mobile number, no day, or a day to come', () => {
  for (const wrong of [
    { phone: '12345' },
    { dob: '1990-02-31' },
    { dob: '2999-01-01' },
    { dob: '1850-01-01' },
    { fullName: ' ' },
  ]) {
    expect(registerPatientInput.safeParse({ ...person(), ...wrong }).success).toBe(false);
  }
});

it.each([
  'dao',
  'Nguyễn Đào',
  'thi dao nguyen',
  '0912345678',
  '+84 912 345 678',
  '912.345.678',
  '12/05/1990',
  'dao 1990-05-12',
])('finds by "%s"', async (search) => {
  const rows = await findPatients({ search, limit: 8 });
  expect(rows.map((row) => row.fullName)).toContain('Nguyễn Thị Đào');
  expect(rows[0]).toMatchObject({ dob: '1990-05-12', phone: '+84912345678' });
});

it('finds by code, and nobody by a wildcard', async () => {
  const [known] = await rowsOf<{ code: string }>(`SELECT code FROM patient LIMIT 1`);
  expect(await findPatients({ search: (known?.code ?? '').toLowerCase(), limit: 8 })).toHaveLength(1);
  expect(await findPatients({ search: '%', limit: 8 })).toEqual([]);
  expect(await findPatients({ search: '   ', limit: 8 })).toEqual([]);
});

it('finds the one of just that name first, then the nearest, and of two alike the one who came last', async () => {
  await rowsOf(`INSERT INTO patient (code, full_name, name_key, dob, sex, phone, created_at) SELECT code, name, search_key(name), '1999-01-01', 'female', phone, at::timestamptz
    FROM (VALUES ('R1', 'Quách Mai', '+84906000001', '2026-01-01'), ('R2', 'Quách Mai', '+84906000002', '2026-01-02'), ('R3', 'Quách Mai Lan Phương', '+84906000003', '2026-01-03'),
      ('R4', 'Quách Mai Lan', '+84906000004', '2026-01-04')) r (code, name, phone, at)`);
  const codes = async (search: string, limit = 8) => (await findPatients({ search, limit })).map(({ code }) => code);
  expect(await codes('quach mai')).toEqual(['R2', 'R1', 'R4', 'R3']);
  expect(await codes('quach mai', 2)).toEqual(['R2', 'R1']);
  expect(await codes('quach mai lan')).toEqual(['R4', 'R3']);
});

it('pages through everybody once', async () => {
  await rowsOf(`INSERT INTO patient (code, full_name, name_key, dob, sex, phone)
    SELECT patient_code(), 'Khách ' || n, search_key('Khách ' || n), '2000-01-01', 'female', '+8490' || lpad(n::text, 7, '0') FROM generate_series(1, 57) n`);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listPatients>> = await listPatients({ search: 'khach', cursor, limit: 10 });
    seen.push(...page.rows.map((row) => row.id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toHaveLength(57);
  expect(new Set(seen).size).toBe(57);
});

it('shows a patient with the orders of one’s own branch, and what was done in them lately, each service once', async () => {
  const { actor } = await makeCashier('T1');
  const id = await patientNamed('dao');
  const sold = await createPaidOrder({ actor, cart: await cartOf({ patientId: id }) });
  expect((await patientDetail({ actor, id })).orders).toMatchObject([
    { id: sold.orderId, netTotal: 120_333n, state: 'paid' },
  ]);
  const again = await createPaidOrder({ actor, cart: await cartOf({ patientId: id }) });
  const { services, orders } = await patientDetail({ actor, id });
  expect(orders).toHaveLength(2);
  expect(new Set(services.map(({ code }) => code)).size).toBe(services.length);
  expect(services.length).toBeGreaterThan(0);
  expect(new Set(services.map(({ orderId }) => orderId))).toEqual(new Set([again.orderId]));
  expect(await patientDetail({ actor: await makeStaff('cashier', 'HN'), id })).toMatchObject({
    orders: [],
    services: [],
  });
  expect((await patientDetail({ actor: await makeStaff('auditor', null), id })).orders).toHaveLength(2);
  await expect(patientDetail({ actor, id: crypto.randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
});

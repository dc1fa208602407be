import fc from 'fast-check';
import { expect, it } from 'vitest';
import { auditPage } from '@/components/audit/audit-filters';
import { doctorPage } from '@/components/doctors/doctor-filters';
import type { AddressParams } from '@/components/kit/list/read-filters';
import { orderPage } from '@/components/orders/order-filters';
import { patientPage } from '@/components/patients/patient-filters';
import { rateCardPage } from '@/components/pricing/rate-card-filters';
import { statementPage } from '@/components/statements/statement-page-input';
import { shiftPage } from '@/components/till/shift-filters';
import { uploadPage } from '@/components/uploads/upload-filters';
import { CAPS } from '@/server/domain/caps';
import { LIST_SORTS } from '@/server/domain/lists';
import { ORDER_SOURCES, ORDER_STATES, SHIFT_STATES, UPLOAD_STATES } from '@/server/domain/states';
import { listEntriesInput } from '@/server/modules/core/audit/schema';
import { listUploadsInput } from '@/server/modules/intake/uploads/schema';
import { listDoctorsInput } from '@/server/modules/referral/doctors/schema';
import { listStatementsInput } from '@/server/modules/referral/statements/schema';
import { listOrdersInput } from '@/server/modules/sales/orders/schema';
import { listPatientsInput } from '@/server/modules/sales/patients/schema';
import { listRateCardsInput } from '@/server/modules/sales/pricing/schema';
import { listShiftsInput } from '@/server/modules/sales/till/schema';

type Page = (params: AddressParams) => object;
type Schema = { safeParse: (value: unknown) => { success: boolean } };

/** The screens read addresses without the schemas, whose library is too heavy for them; what each field is called in the address. */
const LISTS: Record<string, { page: Page; schema: Schema; fields: Record<string, string>; given?: object }> = {
  orders: {
    page: orderPage,
    schema: listOrdersInput,
    fields: { q: 'search', from: 'from', to: 'to', branch: 'branch', source: 'source', state: 'state', sort: 'sort' },
  },
  patients: { page: patientPage, schema: listPatientsInput, fields: { q: 'search', sort: 'sort' } },
  doctors: { page: doctorPage, schema: listDoctorsInput, fields: { q: 'search', sort: 'sort' } },
  'rate cards': { page: rateCardPage, schema: listRateCardsInput, fields: { q: 'search', on: 'on', sort: 'sort' } },
  uploads: { page: uploadPage, schema: listUploadsInput, fields: { q: 'search', state: 'state', sort: 'sort' } },
  shifts: {
    page: shiftPage,
    schema: listShiftsInput,
    fields: { q: 'search', from: 'from', to: 'to', state: 'state', sort: 'sort' },
  },
  audit: {
    page: auditPage,
    schema: listEntriesInput,
    fields: { q: 'search', from: 'from', to: 'to', sort: 'sort' },
  },
  statements: {
    page: (params) => statementPage('2026-10', params),
    schema: listStatementsInput,
    fields: { q: 'search', state: 'state', sort: 'sort' },
    given: { month: '2026-10' },
  },
};

const SORTS = Object.values(LIST_SORTS).flat();
const DAYS = [
  '2026-02-28',
  '2026-02-29',
  '2024-02-29',
  '2026-13-01',
  '2026-00-10',
  '1799-12-31',
  '1800-01-01',
  '2199-12-31',
  '2200-01-01',
  '0000-01-01',
  '2026-1-1',
];
const WRITTEN = [
  ...SORTS.flatMap((sort) => [sort, `-${sort}`, `--${sort}`]),
  ...DAYS,
  ...[...ORDER_STATES, ...ORDER_SOURCES, ...SHIFT_STATES, ...UPLOAD_STATES, 'draft', 'approved', 'gone', 'PAID'],
  ...[CAPS.search, CAPS.shortCode].flatMap((cap) => ['a'.repeat(cap), 'a'.repeat(cap + 1), 'ấ'.repeat(cap)]),
  ...['\u200b', ' x ', 'e\u0302\u0301', '%', "'"],
];

it.each(Object.entries(LISTS))('%s: what a screen reads of an address is what its procedure takes', (_, list) => {
  const { page, schema, fields, given = {} } = list;
  const agrees = (param: string, field: string, written: string) => {
    const read = page({ [param]: written }) as Record<string, unknown>;
    expect(schema.safeParse(read).success, `${param}=${JSON.stringify(written)} is read and refused`).toBe(true);
    const value = written.trim();
    const taken = value !== '' && schema.safeParse({ ...given, [field]: value }).success;
    // A text of nothing visible is none: the schema makes it empty, a screen leaves it out.
    if (taken && read[field] === undefined)
      expect(value.replace(/[\p{Cf}\p{Z}\p{Cc}\u00ad]/gu, ''), `${param}=${value}`).toBe('');
    else expect(read[field] !== undefined, `${param}=${JSON.stringify(written)}`).toBe(taken);
  };
  for (const [param, field] of Object.entries(fields)) {
    for (const written of WRITTEN) agrees(param, field, written);
    fc.assert(
      fc.property(fc.string({ maxLength: 130 }), (written) => agrees(param, field, written)),
      { numRuns: 100 },
    );
  }
});

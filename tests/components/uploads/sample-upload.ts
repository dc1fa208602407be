import type { UploadDetail } from '@/server/modules/intake/uploads/schema';

export const uploadId = '00000000-0000-7000-8000-000000000071';

/** A sheet of a hundred rows that was checked, ninety of them ready. */
export const upload = (more: Partial<UploadDetail> = {}): UploadDetail => ({
  id: uploadId,
  fileName: 'don-thang-10.csv',
  bytes: 1536,
  tier: 'vip1',
  state: 'checked',
  allOrNothing: false,
  rows: 100,
  valid: 90,
  invalid: 10,
  lines: 180,
  netTotal: 9_000_000n,
  currency: 'VND',
  patientsNew: 4,
  written: 0,
  createdAt: new Date('2026-11-29T01:00:00Z'),
  checkedAt: new Date('2026-11-29T01:00:05Z'),
  committedAt: null,
  finishedAt: null,
  createdByName: 'Lê An',
  header: { titles: ['Mã', 'Chi nhánh', null], unknown: [], missing: [], duplicate: [] },
  mapping: { external_ref: 0, branch: 1 },
  failure: null,
  errorsByCode: [{ code: 'duplicate_ref', cells: 10, rows: 10 }],
  warned: 0,
  expectedSeconds: 150,
  ...more,
});

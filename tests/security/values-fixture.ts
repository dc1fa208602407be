import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadCommands } from '@/server/cli/load';
import { uploadCommands } from '@/server/cli/upload';
import { systemActor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';

/** Rows of a sheet, by column. What a row leaves out comes from the sheet's right row. */
export type Cells = Record<string, string>;

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

/** A CSV of these rows, each the right row with its own cells. */
export function sheetOf(right: Cells, rows: readonly Cells[]): string {
  const columns = [...new Set([...Object.keys(right), ...rows.flatMap((row) => Object.keys(row))])];
  const line = (cells: readonly string[]) => cells.map(quoted).join(',');
  const body = rows.map((row) => line(columns.map((column) => row[column] ?? right[column] ?? '')));
  return `${[line(columns), ...body].join('\n')}\n`;
}

export type Outcome = { code: string | null; cells: string[]; message: string };

const cellsOf = (errors: readonly { row: number; column: string; code: string }[]) =>
  errors.map(({ row, column, code }) => `${row} ${column} ${code}`);

async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    const done = await work();
    const errors = typeof done === 'object' && done !== null && 'errors' in done ? done.errors : [];
    return { code: null, cells: cellsOf(errors as never), message: '' };
  } catch (error) {
    if (!(error instanceof PortalError)) return { code: 'internal', cells: [], message: String(error) };
    const problems = 'problems' in error ? (error.problems as never) : [];
    return { code: error.code, cells: cellsOf(problems), message: error.message };
  }
}

export async function withFolder<T>(
  files: Record<string, string | Buffer>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'values-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const actor = systemActor('portal');

/** `portal load` of a folder with these files. */
export const load = (files: Record<string, string>): Promise<Outcome> =>
  withFolder(files, (folder) =>
    outcomeOf(async () => loadCommands.load?.run({ positional: [folder], flags: {} }, actor)),
  );

type Said = { row: number; column?: string; code: string; file?: string }[];

/** What `portal load` of a folder warns of. */
export const loadWarnings = (files: Record<string, string>) =>
  withFolder(files, async (folder) => {
    const answer = await loadCommands.load?.run({ positional: [folder], flags: {} }, actor);
    const { warnings = [] } = (answer ?? {}) as { warnings?: Said };
    return warnings.map(({ file, row, column, code }) => `${file} ${row} ${column} ${code}`);
  });

/** `portal upload <kind>` of a sheet. */
export const upload = (
  kind: 'orders' | 'rate-cards',
  text: string,
  flags: Record<string, true> = {},
): Promise<Outcome> =>
  withFolder({ 'sheet.csv': text }, (folder) =>
    outcomeOf(async () =>
      uploadCommands[`upload ${kind}`]?.run({ positional: [path.join(folder, 'sheet.csv')], flags }, actor),
    ),
  );

/** What a command of `portal` prints of a sheet, and whether it exits 1. */
export const run = (name: string, content: string | Buffer, flags: Record<string, true>) =>
  withFolder({ 'sheet.csv': content }, async (folder) => {
    const command = uploadCommands[name];
    const answer = await command?.run({ positional: [path.join(folder, 'sheet.csv')], flags }, actor);
    return { answer, failed: command?.hasFailed?.(answer) ?? false };
  });

export const DRY = { 'dry-run': true } as const;

/** Master data that is right: what the tests then spoil, cell by cell. */
export const RIGHT = {
  organisation: {
    ...{ name_vi: 'Sapoche', name_en: 'Sapoche', address: '128 Nguyễn Thị Minh Khai', phone: '028 3930 1128' },
    ...{ tax_code: '0317654321', currency: 'VND' },
  },
  till: { branch: 'Q1', code: 'T1', name: 'Quầy 1' },
  branch: { code: 'Q1', name_vi: 'Quận 1', name_en: 'District 1' },
  service: {
    ...{ code: 'CBC', name_vi: 'Công thức máu', name_en: 'Blood count', kind: 'test', category: 'hematology' },
    ...{ components: '', sex: 'any', min_age: '', max_age: '', active: 'true' },
  },
  customer: { code: 'KH', name: 'Công ty An', tier: 'standard', tax_code: '', email: '', phone: '' },
  plan: {
    ...{ plan: 'P', valid_from: '2026-01-01', valid_to: '', category: '*', service_code: '', kind: 'percent' },
    ...{ value: '10', band_from: '0', cap_per_line: '' },
  },
  doctor: { code: 'BS', name: 'BS. Mai', phone: '', email: '', language: 'vi', plan: '', tax_rate: '10' },
  card: {
    ...{ rate_card: 'GIA', scope: 'all', currency: 'VND', valid_from: '2026-01-01', valid_to: '', service_code: 'CBC' },
    ...{ price: '45000' },
  },
  order: {
    ...{ external_ref: 'R', branch: 'Q1', ordered_at: '2026-02-01', patient_name: 'Lê Mai', patient_dob: '1990-01-01' },
    ...{ patient_sex: 'female', patient_phone: '0901234567', customer_code: '', doctor_code: '', service_codes: 'CBC' },
    ...{ discount_percent: '', payment: 'cash', note: '' },
  },
} as const satisfies Record<string, Cells>;

const SERVICES = ['CBC', 'GLU', 'LIP', 'TSH', 'CRP'];

/** A small business, loaded through the same entry point. */
export const loadFixture = (): Promise<Outcome> =>
  load({
    'organisation.csv': sheetOf(RIGHT.organisation, [{}]),
    'branches.csv': sheetOf(RIGHT.branch, [{}, { code: 'Q3', name_vi: 'Quận 3', name_en: 'District 3' }]),
    'catalogue.csv': sheetOf(RIGHT.service, [
      ...SERVICES.map((code) => ({ code })),
      { code: 'XR', kind: 'imaging', category: 'imaging' },
    ]),
    'customers.csv': sheetOf(RIGHT.customer, [{}]),
    'commission-plans.csv': sheetOf({ ...RIGHT.plan, plan: 'BASE' }, [{}]),
    'doctors.csv': sheetOf({ ...RIGHT.doctor, plan: 'BASE' }, [{}]),
    'rate-cards.csv': sheetOf(
      { ...RIGHT.card, rate_card: 'CHUNG' },
      SERVICES.map((service_code) => ({ service_code })),
    ),
  });

import { beforeAll, expect, it } from 'vitest';
import { openStaging, type Staging } from '@/server/modules/intake/uploads/repository';
import { asPortalError } from '@/server/platform/errors';
import { until } from '../faults/deadlines';
import { withDatabase } from './database';
import { oneOf, rowsOf } from './till-fixture';

withDatabase();

const checked: Parameters<Staging['add']>[2] = {
  ...{ externalRef: 'R-1', branchId: null, orderedAt: null, name: null, dob: null, sex: null, phone: null },
  ...{
    customerId: null,
    doctorId: null,
    serviceCodes: ['CBC'],
    discount: null,
    payment: null,
    note: null,
    problems: [],
  },
};
let upload: string;
beforeAll(async () => {
  const { id } = await oneOf<{ id: string }>(`
    INSERT INTO upload (kind, file_name, storage_key, bytes, sha256, state)
    VALUES ('orders', 'a.csv', 'a', 1, repeat('0', 64), 'checking') RETURNING id`);
  upload = id;
});

async function staged(): Promise<Staging> {
  const staging = await openStaging(upload, 'Asia/Ho_Chi_Minh');
  if (!staging) throw new Error('another check has it');
  staging.add(2, ['x'], checked, null);
  return staging;
}

/** How many connections were ended: none until the database has seen the first byte of the COPY. */
async function endConnectionOf(table: string): Promise<number> {
  const ended = await rowsOf(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY ${table} %'`,
  );
  return ended.length;
}

it.each(['upload_row', 'upload_error'])(
  'a check that loses its connection for %s says so, and gives all of it up',
  async (table) => {
    const staging = await staged();
    expect(await until(async () => (await endConnectionOf(table)) === 1, 20_000)).toBe(true);
    const error = await staging.commit().catch((reason: unknown) => reason);
    expect(asPortalError(error).code).toBe('database_unavailable');
    expect(() => staging.abandon()).not.toThrow();
    expect(await rowsOf('SELECT 1 FROM upload_row WHERE upload_id = $1', [upload])).toEqual([]);
  },
);

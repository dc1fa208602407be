// What each list takes to open in the database that the settings name: one line of JSON, milliseconds by list.
import { listEntries } from '../../server/modules/core/audit/queries';
import { listRuns } from '../../server/modules/core/operations/queries';
import { listRunsInput } from '../../server/modules/core/operations/schema';
import { pendingWork } from '../../server/modules/core/pending/queries';
import { PENDING_KINDS } from '../../server/modules/core/pending/schema';
import { searchEverything } from '../../server/modules/core/search/queries';
import { listUploads } from '../../server/modules/intake/uploads/queries';
import { listDoctors } from '../../server/modules/referral/doctors/queries';
import { listStatements } from '../../server/modules/referral/statements/queries';
import { listOrders } from '../../server/modules/sales/orders/queries/orders';
import { findPatients, listPatients } from '../../server/modules/sales/patients/queries';
import { listRateCards } from '../../server/modules/sales/pricing/queries';
import { listShifts } from '../../server/modules/sales/till/queries/shifts';
import type { StaffActor } from '../../server/platform/actor';
import { closeDb } from '../../server/platform/db';

const ROUNDS = 41;
const actor: StaffActor = {
  kind: 'user',
  id: crypto.randomUUID(),
  role: 'auditor',
  branchId: null,
  correlationId: 'bench',
};
const page = { limit: 50 };

const OPENED: Record<string, () => Promise<unknown>> = {
  orders: () => listOrders({ actor, ...page }),
  'orders of a branch': () => listOrders({ actor, branch: 'B3', ...page }),
  'orders by number': () => listOrders({ actor, sort: 'number', ...page }),
  'orders found by phone': () => listOrders({ actor, search: '0900839', ...page }),
  patients: () => listPatients(page),
  'patients by name': () => listPatients({ sort: 'name', ...page }),
  'patients found by phone': () => findPatients({ search: '090083941', limit: 10 }),
  'patients found by name': () => findPatients({ search: 'hoang xuan trang', limit: 10 }),
  'patients found by a common word': () => findPatients({ search: 'hoang', limit: 10 }),
  'patients found as they are typed': () => findPatients({ search: 'trang hoang xu', limit: 10 }),
  'patients found but for a mistake': () => findPatients({ search: 'hoangg xuan trang', limit: 10 }),
  'patients listed by name': () => listPatients({ search: 'trang hoang', ...page }),
  'doctors listed by name': () => listDoctors({ search: 'trang hoang', ...page }),
  'orders listed by name': () => listOrders({ actor, search: 'trang hoang xuan', ...page }),
  'statements listed by name': () => listStatements({ month: '2026-10', search: 'trang hoang xuan', ...page }),
  'uploads listed by name': () => listUploads({ actor, search: 'don 1f4', ...page }),
  'everything found': () => searchEverything(actor, 'hoang xuan trang', 'vi'),
  doctors: () => listDoctors(page),
  'doctors by name': () => listDoctors({ sort: 'name', ...page }),
  'rate cards': () => listRateCards({ actor, ...page }),
  uploads: () => listUploads({ actor, ...page }),
  shifts: () => listShifts({ actor, ...page }),
  statements: () => listStatements({ month: '2026-10', ...page }),
  runs: () => listRuns(listRunsInput.parse(page)),
  audit: () => listEntries(page),
  'audit of an order': () => listEntries({ ...page, search: 'B1-000000500' }),
  'what waits': () => pendingWork({ personId: actor.id, branchId: null, kinds: PENDING_KINDS }),
};

async function median(open: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = -5; round < ROUNDS; round += 1) {
    const begun = performance.now();
    await open();
    if (round >= 0) times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0;
}

const took: Record<string, number> = {};
for (const [list, open] of Object.entries(OPENED)) took[list] = await median(open);
console.log(JSON.stringify(took));
await closeDb();
process.exit(0);

import 'server-only';
import { z } from 'zod';
import type { ListName } from '@/server/domain/lists';
import { exportEntries } from '@/server/modules/core/audit/public/export-entries';
import { exportInput } from '@/server/modules/core/lists/schema';
import { type ExportedList, exportList } from '@/server/modules/core/lists/use-cases/export-list';
import { exportMessages } from '@/server/modules/core/notifications/public/export-messages';
import { exportRuns } from '@/server/modules/core/operations/public/export-runs';
import { exportUploads } from '@/server/modules/intake/uploads/public/export-uploads';
import { exportDoctors } from '@/server/modules/referral/doctors/public/export-doctors';
import { exportStatements } from '@/server/modules/referral/statements/public/export-statements';
import { exportOrders } from '@/server/modules/sales/orders/public/export-orders';
import { exportPatients } from '@/server/modules/sales/patients/public/export-patients';
import { exportRateCards } from '@/server/modules/sales/pricing/public/export-rate-cards';
import { exportShifts } from '@/server/modules/sales/till/public/export-shifts';
import type { StaffActor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';

type Asked = { actor: StaffActor; address: URLSearchParams; list: string | undefined; locale: 'vi' | 'en' };
type Given = Omit<Parameters<typeof exportList>[0], 'definition'>;

/** Each list with its export, so that a row's type stays within its own. */
const EXPORTS: Record<ListName, (given: Given) => Promise<ExportedList>> = {
  orders: (given) => exportList({ ...given, definition: exportOrders }),
  patients: (given) => exportList({ ...given, definition: exportPatients }),
  doctors: (given) => exportList({ ...given, definition: exportDoctors }),
  'rate-cards': (given) => exportList({ ...given, definition: exportRateCards }),
  uploads: (given) => exportList({ ...given, definition: exportUploads }),
  shifts: (given) => exportList({ ...given, definition: exportShifts }),
  statements: (given) => exportList({ ...given, definition: exportStatements }),
  audit: (given) => exportList({ ...given, definition: exportEntries }),
  runs: (given) => exportList({ ...given, definition: exportRuns }),
  messages: (given) => exportList({ ...given, definition: exportMessages }),
};

/**
 * What an address asks of a list's export. Throws `not_found` for a list that there is not, `invalid_input` for filters, columns or a
 * format that it does not know, `not_permitted` for one that the actor may not open.
 */
export async function listExport({ actor, address, list, locale }: Asked): Promise<ExportedList> {
  const { format, columns, only, ...fields } = Object.fromEntries(address);
  const parsed = exportInput.safeParse({ list, format, columns, only });
  if (!parsed.success) throw new PortalError('invalid', 'invalid_input');
  try {
    return await EXPORTS[parsed.data.list]({ actor, input: parsed.data, fields, locale });
  } catch (error) {
    if (error instanceof z.ZodError) throw new PortalError('invalid', 'invalid_input');
    throw error;
  }
}

import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import type { CellProblem, Placed } from '@/server/domain/problems';
import { branchRow, organisationRow, userRow } from '@/server/modules/core/identity/schema';
import { loadBranches } from '@/server/modules/core/identity/use-cases/load-branches';
import { loadOrganisation } from '@/server/modules/core/identity/use-cases/load-organisation';
import { loadUsers } from '@/server/modules/core/identity/use-cases/load-users';
import { requireOrderSheet } from '@/server/modules/intake/uploads/use-cases/require-order-sheet';
import { planRow } from '@/server/modules/referral/commission/schema';
import { loadPlans } from '@/server/modules/referral/commission/use-cases/load-plans';
import { doctorRow } from '@/server/modules/referral/doctors/schema';
import { loadDoctors } from '@/server/modules/referral/doctors/use-cases/load-doctors';
import { serviceRow } from '@/server/modules/sales/catalogue/schema';
import { loadServices } from '@/server/modules/sales/catalogue/use-cases/load-services';
import { customerRow } from '@/server/modules/sales/customers/schema';
import { loadCustomers } from '@/server/modules/sales/customers/use-cases/load-customers';
import { publishRateCards } from '@/server/modules/sales/pricing/public/publish-rate-cards';
import { rateCardRow } from '@/server/modules/sales/pricing/schema';
import { tillFileRow } from '@/server/modules/sales/till/schema';
import { loadTills } from '@/server/modules/sales/till/use-cases/load-tills';
import type { Actor } from '@/server/platform/actor';
import { env } from '@/server/platform/env';
import { PortalError, RowsRefused } from '@/server/platform/errors';
import { type Command, WrongUsage } from './command';
import { readMasterFile } from './master-file';
import { printedCells } from './sentence';
import { uploadOrdersFile } from './upload';

type Loaded = { answer: unknown; warnings: Awaited<ReturnType<typeof warningsOf>> };
type Prepared = (actor: Actor) => Promise<Loaded>;
/** `prepare` reads and checks a file; what it answers writes it. Null where the folder has no such file. */
type Step = { name: string; prepare: (folder: string) => Promise<Prepared | null> };

/** What of a file is right and perhaps meant otherwise, as it is printed. */
const warningsOf = async (file: string, warnings: readonly CellProblem[]) =>
  (await printedCells(warnings)).map((warning) => ({ file, ...warning }));

/** What a use case that writes a file says of its rows, where it says anything. */
type Said = { warnings?: readonly CellProblem[] };
const said = (answer: unknown): readonly CellProblem[] =>
  typeof answer === 'object' && answer !== null ? ((answer as Said).warnings ?? []) : [];

/** One file of the folder: read and checked whole, then loaded; answers how many rows it had. */
function file<S extends z.ZodObject>(
  name: string,
  fileName: string,
  row: S,
  load: (rows: Placed<z.infer<S>>[], actor: Actor, named: ReadonlySet<string>) => Promise<unknown>,
  mustHave: readonly string[] = [],
): Step {
  return {
    name,
    prepare: async (folder) => {
      const read = await readMasterFile(folder, { file: fileName, row, mustHave });
      if (!read) return null;
      const { rows, named, warnings } = read;
      return async (actor) => {
        const answer = rows.length > 0 ? await namingFile(fileName, () => load(rows, actor, named)) : null;
        return { answer: rows.length, warnings: await warningsOf(fileName, [...warnings, ...said(answer)]) };
      };
    },
  };
}

/** What a use case refuses of a sheet does not know the sheet's name. */
async function namingFile(fileName: string, work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof RowsRefused ? new RowsRefused(error.problems, fileName) : error;
  }
}

const columnsOf = (row: z.ZodObject) => Object.keys(row.shape);

// In the order in which one file needs another.
const STEPS: Step[] = [
  file('organisation', 'organisation.csv', organisationRow, async (rows, actor, named) =>
    loadOrganisation({ actor, rows, named }),
  ),
  file('branches', 'branches.csv', branchRow, (rows, actor) => loadBranches({ actor, rows })),
  file('tills', 'tills.csv', tillFileRow, (rows, actor) => loadTills({ actor, rows })),
  file('users', 'users.csv', userRow, (rows, actor, named) =>
    loadUsers({ actor, rows, named, password: startingPassword() }),
  ),
  file('catalogue', 'catalogue.csv', serviceRow, (rows, actor) => loadServices({ actor, rows }), columnsOf(serviceRow)),
  file(
    'customers',
    'customers.csv',
    customerRow,
    (rows, actor) => loadCustomers({ actor, rows }),
    columnsOf(customerRow),
  ),
  file('commissionPlans', 'commission-plans.csv', planRow, (rows, actor) => loadPlans({ actor, rows })),
  file('doctors', 'doctors.csv', doctorRow, (rows, actor) => loadDoctors({ actor, rows }), columnsOf(doctorRow)),
  file('rateCards', 'rate-cards.csv', rateCardRow, (rows, actor) => publishRateCards({ actor, rows })),
  {
    name: 'orders',
    prepare: async (folder) => {
      const orders = path.join(folder, 'orders.csv');
      const found = await stat(orders).catch(() => null);
      if (!found?.isFile()) return null;
      await requireOrderSheet({ file: orders, bytes: found.size });
      return async (actor) => {
        const answer = await uploadOrdersFile({ actor, file: orders, dryRun: false, allOrNothing: false });
        return { answer, warnings: [] };
      };
    },
  },
];

function startingPassword(): string {
  const password = env().DEMO_PASSWORD;
  if (!password) throw new PortalError('invalid', 'no_starting_password');
  return password;
}

export const loadCommands: Record<string, Command> = {
  load: {
    usage: 'load <dir>',
    run: async ({ positional }, actor) => {
      const [folder] = positional;
      if (!folder || positional.length > 1) throw new WrongUsage('one folder is needed');
      const found = await stat(folder).catch(() => null);
      if (!found?.isDirectory()) throw new PortalError('not-found', 'no_such_folder', { params: { folder } });
      // Every file is read and checked before the first is written.
      const prepared: [string, Prepared][] = [];
      for (const { name, prepare } of STEPS) {
        const write = await prepare(folder);
        if (write) prepared.push([name, write]);
      }
      const loaded: Record<string, unknown> = {};
      const warnings: Loaded['warnings'] = [];
      for (const [name, write] of prepared) {
        const written = await write(actor);
        loaded[name] = written.answer;
        warnings.push(...written.warnings);
      }
      if (prepared.length === 0) throw new PortalError('invalid', 'empty_folder', { params: { folder } });
      return { ...loaded, ...(warnings.length > 0 && { warnings }) };
    },
  },
};

import { stat } from 'node:fs/promises';
import path from 'node:path';
import { serviceRow } from '@/server/modules/catalogue/schema';
import { loadServices } from '@/server/modules/catalogue/use-cases/load-services';
import { planRow } from '@/server/modules/commission/schema';
import { loadPlans } from '@/server/modules/commission/use-cases/load-plans';
import { customerRow } from '@/server/modules/customers/schema';
import { loadCustomers } from '@/server/modules/customers/use-cases/load-customers';
import { doctorRow } from '@/server/modules/doctors/schema';
import { loadDoctors } from '@/server/modules/doctors/use-cases/load-doctors';
import { branchRow, organisationRow, userRow } from '@/server/modules/identity/schema';
import { loadBranches } from '@/server/modules/identity/use-cases/load-branches';
import { loadOrganisation } from '@/server/modules/identity/use-cases/load-organisation';
import { loadUsers } from '@/server/modules/identity/use-cases/load-users';
import { rateCardRow } from '@/server/modules/rate-cards/schema';
import { publishRateCards } from '@/server/modules/rate-cards/use-cases/publish-rate-cards';
import { tillFileRow } from '@/server/modules/till/schema';
import { loadTills } from '@/server/modules/till/use-cases/load-tills';
import type { Actor } from '@/server/platform/actor';
import { env } from '@/server/platform/env';
import { PortalError } from '@/server/platform/errors';
import { type Command, WrongUsage } from './command';
import { readMasterFile } from './master-file';
import { uploadOrdersFile } from './upload';

type Step = { name: string; load: (folder: string, actor: Actor) => Promise<unknown> };

/** One file of the folder: read and checked whole, then loaded; answers how many rows it had. */
function file<R>(
  name: string,
  read: (folder: string) => Promise<R[] | null>,
  load: (rows: R[], actor: Actor) => Promise<unknown>,
): Step {
  return {
    name,
    load: async (folder, actor) => {
      const rows = await read(folder);
      if (!rows) return undefined;
      if (rows.length > 0) await load(rows, actor);
      return rows.length;
    },
  };
}

// In the order in which one file needs another.
const STEPS: Step[] = [
  file(
    'organisation',
    (folder) => readMasterFile(folder, 'organisation.csv', organisationRow),
    async ([row], actor) => row && loadOrganisation({ actor, row }),
  ),
  file(
    'branches',
    (folder) => readMasterFile(folder, 'branches.csv', branchRow),
    (rows, actor) => loadBranches({ actor, rows }),
  ),
  file(
    'tills',
    (folder) => readMasterFile(folder, 'tills.csv', tillFileRow),
    (rows, actor) => loadTills({ actor, rows }),
  ),
  file(
    'users',
    (folder) => readMasterFile(folder, 'users.csv', userRow),
    (rows, actor) => loadUsers({ actor, rows, password: startingPassword() }),
  ),
  file(
    'catalogue',
    (folder) => readMasterFile(folder, 'catalogue.csv', serviceRow),
    (rows, actor) => loadServices({ actor, rows }),
  ),
  file(
    'customers',
    (folder) => readMasterFile(folder, 'customers.csv', customerRow),
    (rows, actor) => loadCustomers({ actor, rows }),
  ),
  file(
    'commissionPlans',
    (folder) => readMasterFile(folder, 'commission-plans.csv', planRow),
    (rows, actor) => loadPlans({ actor, rows }),
  ),
  file(
    'doctors',
    (folder) => readMasterFile(folder, 'doctors.csv', doctorRow),
    (rows, actor) => loadDoctors({ actor, rows }),
  ),
  file(
    'rateCards',
    (folder) => readMasterFile(folder, 'rate-cards.csv', rateCardRow),
    (rows, actor) => publishRateCards({ actor, rows }),
  ),
  {
    name: 'orders',
    load: async (folder, actor) => {
      const orders = path.join(folder, 'orders.csv');
      return (await isFile(orders))
        ? uploadOrdersFile({ actor, file: orders, dryRun: false, allOrNothing: false })
        : undefined;
    },
  },
];

function startingPassword(): string {
  const password = env().DEMO_PASSWORD;
  if (!password) throw new PortalError('invalid', 'no_starting_password');
  return password;
}

const isFile = (name: string) =>
  stat(name).then(
    (found) => found.isFile(),
    () => false,
  );

export const loadCommands: Record<string, Command> = {
  load: {
    usage: 'load <dir>',
    run: async ({ positional }, actor) => {
      const [folder] = positional;
      if (!folder || positional.length > 1) throw new WrongUsage('one folder is needed');
      const found = await stat(folder).catch(() => null);
      if (!found?.isDirectory()) throw new PortalError('not-found', 'no_such_folder', { params: { folder } });
      const loaded: Record<string, unknown> = {};
      for (const { name, load } of STEPS) {
        const outcome = await load(folder, actor);
        if (outcome !== undefined) loaded[name] = outcome;
      }
      if (Object.keys(loaded).length === 0) throw new PortalError('invalid', 'empty_folder', { params: { folder } });
      return loaded;
    },
  },
};

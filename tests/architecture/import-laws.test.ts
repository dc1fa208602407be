import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import { afterEach, beforeEach, expect, it } from 'vitest';
import configuration from '../../.dependency-cruiser.mjs';

const ORDERS = 'server/modules/sales/orders';

/** A wrong turn for every rule of the import table: who imports whom. */
const WRONG_IMPORTS: Record<string, [from: string, to: string]> = {
  app: ['app/orders/page.tsx', `${ORDERS}/queries.ts`],
  handlers: ['app/api/orders/route.ts', `${ORDERS}/repository.ts`],
  'inngest-handler': ['app/api/inngest/route.ts', `${ORDERS}/public/send-orders.ts`],
  components: ['components/orders/list.tsx', 'server/platform/db/index.ts'],
  router: [`${ORDERS}/router.ts`, 'server/modules/sales/till/queries.ts'],
  'use-cases': [`${ORDERS}/use-cases/void-order.ts`, 'server/modules/sales/till/repository.ts'],
  'repository-and-queries': [`${ORDERS}/queries.ts`, `${ORDERS}/use-cases/void-order.ts`],
  'rules-schema-policy': [`${ORDERS}/rules.ts`, 'server/platform/db/index.ts'],
  functions: ['inngest/functions/sales/order.handler.ts', `${ORDERS}/use-cases/void-order.ts`],
  'function-definitions': ['inngest/define-function.ts', `${ORDERS}/public/send-orders.ts`],
  events: ['inngest/events/sales/orders.ts', `${ORDERS}/schema.ts`],
  engine: ['inngest/engine/main.ts', 'server/platform/logger.ts'],
  'pages-and-answers': ['server/pages/prefetch.tsx', `${ORDERS}/repository.ts`],
  authorization: ['server/authorization/permissions.ts', 'server/platform/env.ts'],
  domain: ['server/domain/tier.ts', 'server/platform/env.ts'],
  platform: ['server/platform/outbox.ts', `${ORDERS}/schema.ts`],
  pdf: ['server/pdf/receipt/receipt.tsx', `${ORDERS}/queries.ts`],
  integrations: ['server/integrations/sms/port.ts', 'server/integrations/email/port.ts'],
  'area-core': ['server/modules/core/search/use-cases/find-all.ts', `${ORDERS}/public/send-orders.ts`],
  'area-sales': [`${ORDERS}/use-cases/void-order.ts`, 'server/modules/referral/doctors/public/find-doctor.ts'],
  'area-referral': [
    'server/modules/referral/doctors/use-cases/add-doctor.ts',
    'server/modules/intake/uploads/schema.ts',
  ],
  'area-intake': [
    'server/modules/intake/uploads/use-cases/check-upload.ts',
    'server/modules/referral/doctors/schema.ts',
  ],
  'area-clinical': [
    'server/modules/clinical/visits/use-cases/open-visit.ts',
    'server/modules/imaging/studies/schema.ts',
  ],
  'area-imaging': [
    'server/modules/imaging/studies/use-cases/open-study.ts',
    'server/modules/referral/doctors/schema.ts',
  ],
  'no-cycles': ['server/platform/env.ts', 'server/platform/env.ts'],
  resolvable: ['server/platform/env.ts', 'server/platform/gone.ts'],
  'prisma-and-sql': [`${ORDERS}/use-cases/void-order.ts`, 'prisma/generated/client.ts'],
  'api-as-type': ['components/orders/list.tsx', 'server/api/root.ts'],
  'shapes-as-types': ['components/orders/list.tsx', `${ORDERS}/schema.ts`],
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'import-laws-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
}

/** The rules that two files break of which the first imports the second. */
async function brokenBy(from: string, to: string): Promise<string[]> {
  if (!to.endsWith('gone.ts')) await write(to, 'export const value = 1;');
  const relative = path.posix.relative(path.posix.dirname(from), to).replace(/\.tsx?$/, '');
  const specifier = relative.startsWith('.') ? relative : `./${relative}`;
  await write(from, `import { value } from '${specifier}';\nexport const other = value;`);
  const { options, forbidden } = configuration;
  const { tsConfig: _ours, ...plain } = options;
  const rules = { ...plain, ruleSet: { forbidden }, validate: true, baseDir: folder };
  const { output } = await cruise([from.split('/')[0] ?? ''], rules as Parameters<typeof cruise>[1]);
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text where a result was asked for');
  return output.summary.violations.map(({ rule }) => rule.name);
}

it('knows a wrong turn for every rule of the import table', () => {
  expect(Object.keys(WRONG_IMPORTS).sort()).toEqual(configuration.forbidden.map(({ name }) => name).sort());
});

it.each(Object.entries(WRONG_IMPORTS))('%s: a wrong turn is found', async (rule, [from, to]) => {
  expect(await brokenBy(from, to)).toContain(rule);
});

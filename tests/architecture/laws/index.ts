import type { Tree } from '../tree';
import { stalePicture, staleReadmes } from './documents';
import { formsOfTheirOwn } from './forms';
import { longFiles, longFunctions } from './length';
import { differingMessages, missingFiles } from './messages';
import { misplacedFiles, misspelledNames, unnamedUseCases, vagueNames } from './names';
import { missingPageMessages, unreadPageMessages } from './page-messages';
import { foreignWrites, repeatedRoutines, routinesInMigrations, unlistedAccess } from './sql';
import { actsSentTwice, untestedComponents, untestedQueries } from './tested';
import { engineReferences, oldWords, settingsElsewhere, skippedTests, suppressions, unfinishedCode } from './words';

type Law = {
  says: string;
  /** What breaks it, each as one line that says what is right. */
  broken: (tree: Tree) => string[];
  /** A wrong turn: a file that breaks it. */
  by: [file: string, text: string];
};

const MODULE = 'server/modules/sales/orders';

/** The laws of the house that are no matter of imports, each with a file that would break it. */
export const laws: Law[] = [
  { says: 'a file is under 300 lines', broken: longFiles, by: ['server/platform/long.ts', '\n'.repeat(300)] },
  {
    says: 'a function is at most 60 lines, a component 120',
    broken: longFunctions,
    by: ['server/platform/long.ts', `export function long() {\n${'  step();\n'.repeat(60)}}\n`],
  },
  { says: 'nothing is put off', broken: unfinishedCode, by: ['server/platform/a.ts', '// TODO: later'] },
  { says: 'nothing is silenced', broken: suppressions, by: ['server/platform/a.ts', '// @ts-ignore'] },
  {
    says: 'no test is left out',
    broken: skippedTests,
    by: ['tests/unit/a.test.ts', ['it', "skip('x', () => {});"].join('.')],
  },
  {
    says: 'the application does not know which Inngest server runs',
    broken: engineReferences,
    by: ['server/platform/a.ts', "import '@/inngest/engine/main';"],
  },
  {
    says: 'settings are read in one file',
    broken: settingsElsewhere,
    by: ['server/platform/a.ts', 'export const port = process.env.PORT;'],
  },
  {
    says: 'a module has only the files that every module has',
    broken: misplacedFiles,
    by: [`${MODULE}/service.ts`, ''],
  },
  { says: 'a module lies in an area', broken: misplacedFiles, by: ['server/modules/orders/rules.ts', ''] },
  {
    says: 'a use case exports a function of its name',
    broken: unnamedUseCases,
    by: [`${MODULE}/use-cases/void-order.ts`, 'export const cancel = () => {};'],
  },
  { says: 'old words stay away from code', broken: oldWords, by: ['server/platform/give-up-run.ts', ''] },
  {
    says: 'old words stay away from comments',
    broken: oldWords,
    by: ['server/platform/a.ts', '// Whoever comes in vain is told.'],
  },
  { says: 'names are in kebab-case', broken: misspelledNames, by: ['server/platform/rateLimit.ts', ''] },
  { says: 'there is no drawer', broken: vagueNames, by: ['server/platform/utils.ts', ''] },
  {
    says: 'a routine stands in one place',
    broken: repeatedRoutines,
    by: ['prisma/routines/second.sql', 'CREATE FUNCTION take_numbers(p_scope text) RETURNS int'],
  },
  {
    says: 'a migration defines no routine',
    broken: routinesInMigrations,
    by: ['prisma/migrations/20270101000000_x/migration.sql', 'CREATE FUNCTION take_numbers(p_scope text) RETURNS int'],
  },
  {
    says: 'only the owner of a table writes it',
    broken: foreignWrites,
    by: [`${MODULE}/repository/wrong.ts`, 'sql`UPDATE shift SET state = 1`'],
  },
  {
    says: 'who reads another’s table is listed',
    broken: unlistedAccess,
    by: [`${MODULE}/queries/wrong.ts`, 'sql`SELECT 1 FROM audit_seal`'],
  },
  {
    says: 'both languages have the same files',
    broken: missingFiles,
    by: ['i18n/messages/en/sales/only-here.json', '{}'],
  },
  {
    says: 'both languages say the same',
    broken: differingMessages,
    by: ['i18n/messages/en/core/roles.json', '{"cashier": "Cashier {name}"}'],
  },
  {
    says: 'a page has the messages that it reads',
    broken: missingPageMessages,
    by: [
      'app/(staff)/new/page.tsx',
      "import { OrdersScreen } from '@/components/orders/orders-screen';\nexport default OrdersScreen;",
    ],
  },
  {
    says: 'a page carries no messages that it does not read',
    broken: unreadPageMessages,
    by: ['app/(staff)/new/page.tsx', "<PageMessages namespaces={['operations']}>"],
  },
  {
    says: 'a module’s README lists what it owns',
    broken: staleReadmes,
    by: ['inngest/events/sales/orders.ts', "defineEvent('order/voided')"],
  },
  {
    says: 'the picture of the modules is that of their imports',
    broken: stalePicture,
    by: [`${MODULE}/use-cases/void-order.ts`, "import { x } from '@/server/modules/core/revenue/schema';"],
  },
  {
    says: 'every exported query is named by a test',
    broken: untestedQueries,
    by: [`${MODULE}/queries/wrong.ts`, ['export async function orders', 'OfNobody() {}'].join('')],
  },
  {
    says: 'every dialog, hook and formatter is named by a test',
    broken: untestedComponents,
    by: [
      'components/orders/void-order-dialog.tsx',
      ['export function Void', 'OrderDialog() {\n  if (open) return;\n}'].join(''),
    ],
  },
  {
    says: 'a formatter that decides is named by a test',
    broken: untestedComponents,
    by: [
      'components/ui/sex-text.ts',
      ['export const sex', "Text = (sex: string) => (sex === 'male' ? 'M' : 'F');"].join(''),
    ],
  },
  {
    says: 'every form says what is wrong in one language',
    broken: formsOfTheirOwn,
    by: ['components/orders/void-order.tsx', '<form onSubmit={send}><input required /></form>'],
  },
  {
    says: 'an act is sent once however often it is pressed',
    broken: actsSentTwice,
    by: ['components/orders/void-order.tsx', 'const { mutate } = useMutation(trpc.orders.void.mutationOptions());'],
  },
];

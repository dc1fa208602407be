// Who may import whom: the table of docs/ARCHITECTURE.md, one rule a row. tests/architecture runs it.

const project = '^(app|components|server|inngest|i18n|prisma|tests|bench|scripts)/';
const test = '\\.test\\.tsx?$';
const database = ['^prisma/generated/', '^node_modules/(@prisma/|pg/|pg-copy-streams/)'];
/** A module and what of others may be imported: their public face, their shapes and their pure rules. */
const module = '^server/modules/([^/]+/[^/]+)';
const others = '^server/modules/[^/]+/[^/]+/(public/|(schema|rules)\\.ts$)';
const pure = [
  '^i18n/',
  '^server/domain/',
  '^server/authorization/permissions\\.ts$',
  '^server/platform/(actor|clock|errors|money|paging|search-text)\\.ts$',
];

/** A row of the table: what lies at `from` may import, of the project, only what `allowed` names. */
const row = (name, from, allowed, fromNot = []) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: [test, ...fromNot] },
  to: { path: project, pathNot: allowed },
});

const rows = [
  row(
    'app',
    '^app/',
    [
      '^app/',
      '^components/',
      '^server/(api|pages|http)/',
      '^server/modules/[^/]+/[^/]+/schema\\.ts$',
      '^server/authorization/permissions\\.ts$',
      '^i18n/',
    ],
    ['/route\\.tsx?$'],
  ),
  row(
    'handlers',
    '^app/.*/route\\.tsx?$',
    [
      '^server/(api|http|authorization)/',
      '^server/domain/',
      '^server/modules/[^/]+/[^/]+/(use-cases/|public/|schema\\.ts$)',
      '^server/platform/',
    ],
    ['^app/api/inngest/'],
  ),
  row('inngest-handler', '^app/api/inngest/', ['^inngest/(client|functions/index)\\.ts$', '^server/platform/']),
  row('components', '^components/', [
    '^components/',
    '^i18n/',
    '^server/domain/',
    '^server/modules/[^/]+/[^/]+/(schema|rules)\\.ts$',
    '^server/api/',
  ]),
  row('router', `${module}/router\\.ts$`, [
    '^server/api/',
    '^server/modules/$1/',
    '^server/platform/paging\\.ts$',
    '^server/authorization/permissions\\.ts$',
  ]),
  row('use-cases', `${module}/(?:use-cases|public)/`, [
    '^server/modules/$1/',
    others,
    '^server/authorization/permissions\\.ts$',
    '^server/integrations/[^/]+/port\\.ts$',
    '^server/pdf/',
    '^server/platform/',
    '^server/domain/',
    '^inngest/events/',
    '^i18n/',
  ]),
  row('repository-and-queries', `${module}/(?:repository|queries)\\.ts$`, [
    '^server/modules/$1/(schema|rules)\\.ts$',
    '^server/modules/[^/]+/[^/]+/schema\\.ts$',
    '^server/authorization/permissions\\.ts$',
    '^server/platform/',
    '^server/domain/',
    '^prisma/generated/',
  ]),
  row('rules-schema-policy', `${module}/(?:rules|schema|policy)\\.ts$`, [
    '^server/modules/$1/(rules|schema|policy)\\.ts$',
    '^server/modules/[^/]+/[^/]+/schema\\.ts$',
    ...pure,
  ]),
  row('functions', '^inngest/functions/', [
    '^inngest/(client|define-function)\\.ts$',
    '^inngest/(events|functions)/',
    '^server/modules/[^/]+/[^/]+/public/',
    '^server/domain/',
    '^server/platform/(errors|logger)\\.ts$',
  ]),
  row('function-definitions', '^inngest/(define-function|run-recording|pause-gate)\\.ts$', [
    '^inngest/(client|define-function|run-recording|pause-gate)\\.ts$',
    '^inngest/events/',
    '^server/modules/core/operations/(public/|schema\\.ts$|rules\\.ts$)',
    '^server/integrations/background/port\\.ts$',
    '^server/(platform|domain)/',
  ]),
  row('events', '^inngest/(client\\.ts|events/)', ['^inngest/(client\\.ts|events/)', '^server/(platform|domain)/']),
  row('engine', '^inngest/engine/', ['^inngest/engine/']),
  row('pages-and-answers', '^server/(pages|http)/', [
    '^server/(api|pages|http|authorization|platform|domain)/',
    '^server/modules/[^/]+/[^/]+/(use-cases/|public/|schema\\.ts$)',
    '^components/api/',
    '^i18n/',
  ]),
  row('authorization', '^server/authorization/', ['^server/(authorization|domain)/']),
  row('domain', '^server/domain/', ['^server/domain/']),
  row('platform', '^server/platform/', ['^server/platform/', '^server/domain/', '^prisma/generated/', '^i18n/']),
  row('pdf', '^server/pdf/', ['^server/pdf/', '^i18n/', '^server/domain/', '^server/platform/']),
  row('integrations', '^server/integrations/([^/]+)/', [
    '^server/integrations/$1/',
    '^server/domain/',
    '^server/platform/',
    '^i18n/',
  ]),
];

/** The areas in their order: each may import what stands in the areas that it names, and in itself. */
const areas = {
  core: [],
  sales: ['core'],
  referral: ['core', 'sales'],
  intake: ['core', 'sales'],
  clinical: ['core', 'sales'],
  imaging: ['core', 'sales', 'clinical'],
};
const areaRows = Object.entries(areas).map(([area, below]) => ({
  name: `area-${area}`,
  comment: 'Areas have one order: core, sales, then referral, intake and clinical side by side, then imaging.',
  severity: 'error',
  from: { path: `^server/modules/${area}/`, pathNot: [test] },
  to: { path: '^server/modules/', pathNot: [area, ...below].map((name) => `^server/modules/${name}/`) },
}));

export default {
  forbidden: [
    ...rows,
    ...areaRows,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'prisma-and-sql',
      comment: 'Only repositories, queries and platform/db speak to the database; the engine has access of its own.',
      severity: 'error',
      from: {
        path: '^(app|components|server|inngest)/',
        pathNot: [
          test,
          '^server/modules/[^/]+/[^/]+/(repository|queries)\\.ts$',
          '^server/platform/db/',
          '^inngest/engine/',
        ],
      },
      to: { path: database },
    },
    {
      name: 'api-as-type',
      comment: 'A screen knows the router as a type; what runs there is the client.',
      severity: 'error',
      from: { path: '^components/', pathNot: [test] },
      to: { path: '^server/api/', pathNot: ['/(transformer|batch)\\.ts$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'shapes-as-types',
      comment:
        'A screen knows schemas as types: their library weighs more than a screen. What checks while one types comes with its dialog.',
      severity: 'error',
      from: {
        path: '^components/',
        pathNot: [test, '^components/patients/register-patient-dialog\\.tsx$'],
      },
      to: {
        path: ['^server/modules/[^/]+/[^/]+/schema\\.ts$', '^server/domain/fields\\.ts$', '^node_modules/zod/'],
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^prisma/generated'] },
    exclude: { path: ['\\.css$', '\\.json$'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};

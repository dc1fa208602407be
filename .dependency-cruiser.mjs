// Who may import whom: the table of docs/ARCHITECTURE.md, one rule a row. tests/architecture runs it.

const project = '^(app|components|server|inngest|i18n|prisma|tests|bench|scripts)/';
const test = '\\.test\\.tsx?$';
const database = ['^prisma/generated/', '^node_modules/(@prisma/|pg/|pg-copy-streams/)'];
const pure = [
  '^i18n/',
  '^server/domain/',
  '^server/platform/(actor|clock|errors|money|paging|permissions|search-text)\\.ts$',
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
      '^server/api/',
      '^server/modules/[^/]+/schema\\.ts$',
      '^server/platform/permissions\\.ts$',
      '^i18n/',
    ],
    ['/route\\.tsx?$'],
  ),
  row(
    'handlers',
    '^app/.*/route\\.tsx?$',
    ['^server/api/', '^server/domain/', '^server/modules/[^/]+/(use-cases/|schema\\.ts$)', '^server/platform/'],
    ['^app/api/inngest/'],
  ),
  row('inngest-handler', '^app/api/inngest/', ['^inngest/(client|functions/index)\\.ts$', '^server/platform/']),
  row('components', '^components/', [
    '^components/',
    '^i18n/',
    '^server/domain/',
    '^server/modules/[^/]+/schema\\.ts$',
    '^server/api/',
  ]),
  row('router', '^server/modules/([^/]+)/router\\.ts$', [
    '^server/api/',
    '^server/modules/$1/',
    '^server/platform/(paging|permissions)\\.ts$',
  ]),
  row('use-cases', '^server/modules/([^/]+)/use-cases/', [
    '^server/modules/$1/',
    '^server/modules/[^/]+/(use-cases/|schema\\.ts$)',
    '^server/integrations/[^/]+/port\\.ts$',
    '^server/pdf/',
    '^server/platform/',
    '^server/domain/',
    '^inngest/events/',
    '^i18n/',
  ]),
  row('repository-and-queries', '^server/modules/([^/]+)/(repository|queries)\\.ts$', [
    '^server/modules/$1/(schema|rules)\\.ts$',
    '^server/platform/',
    '^server/domain/',
    '^prisma/generated/',
  ]),
  row('rules-schema-policy', '^server/modules/([^/]+)/(rules|schema|policy)\\.ts$', [
    '^server/modules/$1/(rules|schema|policy)\\.ts$',
    '^server/modules/[^/]+/schema\\.ts$',
    ...pure,
  ]),
  row('functions', '^inngest/functions/', [
    '^inngest/(client|define-function)\\.ts$',
    '^inngest/(events|functions)/',
    '^server/modules/[^/]+/use-cases/',
    '^server/platform/(errors|logger)\\.ts$',
  ]),
  row('function-definitions', '^inngest/(define-function|run-keeping|pause-gate)\\.ts$', [
    '^inngest/(client|define-function|run-keeping|pause-gate)\\.ts$',
    '^inngest/events/',
    '^server/modules/operations/(use-cases/|schema\\.ts$|rules\\.ts$)',
    '^server/integrations/background/port\\.ts$',
    '^server/platform/',
  ]),
  row('events', '^inngest/(client\\.ts|events/)', ['^inngest/(client\\.ts|events/)', '^server/platform/']),
  row('engine', '^inngest/engine/', ['^inngest/engine/']),
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

export default {
  forbidden: [
    ...rows,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'prisma-and-sql',
      comment: 'Only repositories, queries and platform/db speak to the database; the engine has a door of its own.',
      severity: 'error',
      from: {
        path: '^(app|components|server|inngest)/',
        pathNot: [test, '^server/modules/[^/]+/(repository|queries)\\.ts$', '^server/platform/db/', '^inngest/engine/'],
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

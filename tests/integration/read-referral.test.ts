import { beforeAll } from 'vitest';
import * as statements from '@/server/modules/referral/statements/queries';
import { db } from '@/server/platform/db';
import { withDatabase } from './database';
import { idOf, makeReadFixture } from './read-fixture';
import { all, type Cases, describeReads, each, idsOf, pages } from './read-models';

withDatabase();
beforeAll(makeReadFixture);

const month = '2026-07';

const STATEMENTS: Cases = {
  facts: () =>
    statements.statementFacts(
      db(),
      [2, 1].map((n) => idOf('statement', n)),
    ),
  ...each([1, 4, 5], 'statement …', (n) => statements.statementDetail(idOf('statement', n))),
  'statement that is not there': () => statements.statementDetail(idOf('statement', 99)),
  list: () => pages((paging) => statements.listStatements({ month: '2026-08', ...paging })),
  'list of July': () => pages((paging) => statements.listStatements({ month, ...paging })),
  'list of a state': () => idsOf(statements.listStatements({ month: '2026-08', state: 'reviewed', ...all })),
  'list for a name': () => idsOf(statements.listStatements({ month: '2026-08', search: 'ho kim', ...all })),
  'list for a sign': () => idsOf(statements.listStatements({ month: '2026-08', search: '_', ...all })),
  periods: () => statements.listPeriods(),
  'latest run': () => statements.latestRun('2026-08'),
  'latest run of none': () => statements.latestRun('2026-06'),
  ...each(['2026-06', month, '2026-08', '2026-05'], 'month …', (name) => statements.monthOverview(name)),
  shown: () => statements.shownStatements(month, null),
  'shown of one': () => statements.shownStatements(month, 'D2'),
  links: () => statements.publishedLinks(month),
  'sealed where nothing is': () => statements.sealedStatement(idOf('statement', 1)),
  'a seal that is none': () => statements.verifiedSeal('a'.repeat(64)),
};

describeReads('statements', STATEMENTS);

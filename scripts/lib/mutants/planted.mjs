/**
 * Faults that were planted once, of which most passed every test there was. Each is made by itself: `find` stands once in `file` and becomes
 * `put`, and the test file must notice. A law holds that every `find` is still there (planted.test.ts).
 * @type {{ name: string, file: string, find: string, put: string, test: { part: string, file: string } }[]}
 */
export const PLANTED = [
  fault(
    'a sheet is taken from who may not send one',
    'app/api/uploads/route.ts',
    "staffRoute(\n  'upload.write',",
    "staffRoute(\n  'session.own',",
    'staff-handlers',
  ),
  fault(
    'a sheet is taken from another site',
    'app/api/uploads/route.ts',
    '!(await sentFromHere()) || ',
    '',
    'staff-handlers',
  ),
  fault(
    'wrong cells are shown to who may not read uploads',
    'app/api/uploads/[id]/errors/route.ts',
    "'upload.read'",
    "'session.own'",
    'staff-handlers',
  ),
  fault(
    'a receipt is drawn for who may not read documents',
    'app/(staff)/orders/[id]/receipt/route.ts',
    "'document.read'",
    "'session.own'",
    'staff-handlers',
  ),
  fault(
    'progress of an upload is not narrowed to its branch',
    'server/modules/intake/uploads/queries.ts',
    `FROM upload u WHERE u.id = \${id}::uuid AND u.kind = 'orders' \${seenBy(branchScope(actor))}\``,
    `FROM upload u WHERE u.id = \${id}::uuid AND u.kind = 'orders'\``,
    'uploads-branch',
  ),
  fault(
    'uploads are not narrowed to a branch',
    'server/modules/intake/uploads/queries.ts',
    `WHERE \${joinSql([...conditions, ...after], ' AND ')} \${seenBy(branchScope(input.actor))}`,
    `WHERE \${joinSql([...conditions, ...after], ' AND ')}`,
    'uploads-branch',
  ),
  fault(
    'change on the receipt has the wrong sign',
    'server/modules/sales/orders/use-cases/render-receipt.ts',
    'change: (handed - paid - rounding)',
    'change: (paid + rounding - handed)',
    'order-notifications',
  ),
  fault(
    'the receipt of an order on account shows its prices',
    'server/modules/sales/orders/use-cases/render-receipt.ts',
    'priced: !onAccount',
    'priced: true',
    'order-notifications',
  ),
  fault(
    'superseded statements are among those that need a look',
    'server/modules/referral/statements/queries.ts',
    `LEFT JOIN usual u ON u.doctor_id = s.doctor_id\n      WHERE s.period_id = \${periodId}::uuid AND s.state <> 'superseded'`,
    `LEFT JOIN usual u ON u.doctor_id = s.doctor_id\n      WHERE s.period_id = \${periodId}::uuid`,
    'statements-month',
  ),
  fault(
    'the outlier test is turned round',
    'server/modules/referral/statements/queries.ts',
    's.payable > 3 * u.payable',
    's.payable < 3 * u.payable',
    'statements-month',
  ),
  fault(
    'refused events are never quarantined',
    'server/platform/outbox-relay.ts',
    '  if (refused.length > 0) await quarantineForADay(refused);\n',
    '',
    'outbox-relay',
  ),
  fault(
    'refused events are reported as delivered',
    'server/platform/outbox-relay.ts',
    '!quarantined.has(id)',
    'true',
    'outbox-relay',
  ),
  fault(
    'the last attempt is reported as retrying',
    'inngest/run-recording.ts',
    "isFinalAttempt ? { errorCode } : { errorCode, state: 'retrying' }",
    "{ errorCode, state: 'retrying' }",
    'operations-replay',
  ),
  fault(
    'a run that failed for good is reported as retrying',
    'inngest/run-recording.ts',
    "const state = isFinalAttempt ? 'failed' : 'retrying';",
    "const state = 'retrying';",
    'operations-replay',
  ),
  fault(
    'refusals are tried again',
    'inngest/client.ts',
    'known.retryable ? laterError(known) : new NonRetriableError(known.code)',
    'laterError(known)',
    'error-codes',
  ),
  fault(
    'a refusal in a run is tried again',
    'server/platform/errors.ts',
    "this.retryable = kind === 'unavailable' || kind === 'internal'",
    'this.retryable = true',
    'error-codes',
  ),
  fault(
    'an error is shown under the wrong code',
    'server/api/trpc.ts',
    'const code = cause?.code ?? codeOf(shape.data.httpStatus);',
    'const code = codeOf(shape.data.httpStatus);',
    'error-codes',
  ),
  fault(
    'an unexpected error is shown as not found',
    'server/platform/errors.ts',
    "new PortalError('internal', 'internal', { message: 'unexpected error', cause: error })",
    "new PortalError('not-found', 'not_found', { cause: error })",
    'error-codes',
  ),
  fault(
    'a sale is asked for without its expected total',
    'components/till/sale-order.ts',
    '    expectedNet: priced.totals.net,\n',
    '',
    'unit components/till/sale-order.test.ts',
  ),
  fault(
    'a sale is made at another total than was expected',
    'prisma/routines/orders.sql',
    "IF v_totals.net <> (p ->> 'expectedNet')::bigint THEN",
    'IF false THEN',
    'orders-create',
  ),
  fault(
    'a late sale has no margin of a day',
    'prisma/routines/commission.sql',
    " - interval '1 day'\n",
    '\n',
    'statements-late',
  ),
  fault(
    'a late sale has a margin of two days',
    'prisma/routines/commission.sql',
    "- interval '1 day'",
    "- interval '2 days'",
    'statements-late',
  ),
  fault(
    'an expired code is called possible',
    'prisma/routines/statement-access.sql',
    'c.expires_at > now()',
    'true',
    'operations-expired',
  ),
  fault(
    'a code that is gone is called possible',
    'prisma/routines/statement-access.sql',
    'SELECT NULL, true, false, NULL, NULL WHERE',
    'SELECT NULL, true, true, NULL, NULL WHERE',
    'operations-expired',
  ),
  fault(
    'the forecast is deaf to its lane',
    'server/modules/intake/uploads/queries.ts',
    'o.tier = mine.tier AND o.id <> mine.id',
    'o.id <> mine.id',
    'upload-forecast',
  ),
  fault(
    'the forecast goes by the rate of every lane',
    'server/modules/intake/uploads/queries.ts',
    'WHERE own = EXISTS (SELECT FROM done WHERE own) ',
    '',
    'upload-forecast',
  ),
  fault(
    'the forecast forgets who waits',
    'server/modules/intake/uploads/queries.ts',
    '(waiting.rows + mine.valid - mine.written)',
    '(mine.valid - mine.written)',
    'upload-forecast',
  ),
];

/** @param {string} test a part and a file of it, or the name of one of `tests/integration` */
function fault(name, file, find, put, test) {
  const [part, place] = test.includes(' ') ? test.split(' ') : ['integration', `tests/integration/${test}.test.ts`];
  return { name, file, find, put, test: { part, file: place } };
}

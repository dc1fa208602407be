import { readFileSync } from 'node:fs';
import { inRoot } from '../paths.mjs';
import { joinsRequiredKey } from './foreign-keys.mjs';

const FIRST = 'only the first row of the answer is taken; the limit spares reading the others';
const OWN = 'each takes what is its own of the answer; it spares reading that of others';
const PATIENCE = 'how long something is waited for';
const inModule = (module) => (file, text, what, reason) => ({
  file: `server/modules/${module}/${file}`,
  text,
  what,
  reason,
});
const gate = inModule('referral/statement-access');
const statements = inModule('referral/statements');

/**
 * Changes within a text of a file that no test could notice, each with the reason. They are not tried. `what` narrows
 * to kinds of changes. A law holds that every text is still there.
 * @type {{ file: string, text: string, what?: RegExp, reason: string }[]}
 */
export const EQUIVALENT = [
  inOneOrder('server/modules/referral/statements/repository.ts', `ORDER BY s.id LIMIT \${limit} FOR UPDATE OF s`),
  inOneOrder('server/modules/sales/orders/repository.ts', 'ORDER BY id FOR UPDATE'),
  inOneOrder('server/modules/referral/commission/repository.ts', 'ORDER BY code FOR UPDATE'),
  inOneOrder('server/modules/core/notifications/repository.ts', 'ORDER BY id FOR UPDATE'),
  inOneOrder('server/modules/core/operations/repository.ts', 'ORDER BY run_id FOR UPDATE'),
  inOneOrder('prisma/routines/orders.sql', 'ORDER BY o.id FOR UPDATE'),
  inOneOrder('prisma/routines/orders.sql', '(SELECT * FROM lacking ORDER BY day)'),
  inOneOrder('prisma/routines/operations.sql', 'ORDER BY t.run_id\n'),
  inOneOrder('prisma/routines/operations.sql', 'ORDER BY t.run_id, t.step_id\n'),
  inOneOrder('prisma/routines/operations.sql', 'ORDER BY function_id\n'),
  inOneOrder('prisma/routines/platform.sql', 'ORDER BY e.key\n'),
  inOneOrder('server/modules/core/notifications/repository.ts', 'ORDER BY 1\n'),
  firstAlone('server/modules/core/audit/repository.ts', 'ORDER BY position DESC LIMIT 1'),
  firstAlone('server/modules/core/audit/repository.ts', 'ORDER BY s.position DESC LIMIT 1'),
  firstAlone('server/modules/core/documents/queries.ts', 'ORDER BY d.version DESC LIMIT 1'),
  firstAlone('server/modules/core/documents/repository.ts', 'ORDER BY version DESC LIMIT 1'),
  firstAlone('prisma/routines/operations.sql', 'ORDER BY tier_rank(tier) DESC LIMIT 1'),
  preparedName('server/modules/core/identity/repository.ts', `name: 'find_live_session',\n  `),
  preparedName('server/modules/core/identity/repository.ts', `name: 'is_good_session',\n  `),
  preparedName('server/modules/core/operations/repository.ts', `name: 'record_runs',\n    `),
  patience('server/modules/core/audit/use-cases/accept-audit.ts', '300_000'),
  patience('server/modules/core/audit/use-cases/seal-entries.ts', '3_600_000'),
  patience('server/modules/core/audit/use-cases/seal-entries.ts', 'TURN_MS = 60_000'),
  patience('server/modules/core/audit/use-cases/seal-entries.ts', 'UNSEEN_MS = 5_000'),
  patience('server/modules/core/audit/use-cases/seal-entries.ts', 'DEEP_EVERY_MS = 300_000'),
  exactMoment('server/modules/core/audit/use-cases/seal-entries.ts', 'Date.now() < until', /^< → <=$/),
  exactMoment('server/modules/core/operations/use-cases/require-instance.ts', 'seconds > ALIVE_SECONDS', /^> → >=$/),
  patience('server/modules/core/integrity/queries.ts', 'timeout: withinMs + 5_000, maxWait: 5_000'),
  patience('server/modules/core/integrity/use-cases/diagnose-integrity.ts', 'WITHIN_MS = 20_000'),
  patience('server/modules/core/operations/public/record-run.ts', 'LINGER_MS = 200'),
  patience('server/modules/core/operations/public/record-run.ts', 'WAIT_MS = 2_000'),
  patience('server/modules/core/operations/use-cases/end-runs.ts', 'LOOK_AGAIN_MS = 150'),
  patience('server/modules/core/operations/use-cases/replay-runs.ts', 'TIMEOUT_MS = 60_000'),
  {
    file: 'server/modules/core/integrity/queries.ts',
    text: '> uuidv7(',
    what: /^> → >=$/,
    reason: 'no id is the one that is made just now',
  },
  {
    file: 'server/modules/core/integrity/use-cases/diagnose-integrity.ts',
    text: 'WITHIN_MS * 15',
    reason: 'how many minutes a look may take; no test waits for them',
  },
  {
    file: 'server/modules/core/operations/use-cases/settle-runs.ts',
    text: 'const ASKED_AT_ONCE = 25;',
    reason: 'how many the server is asked about in one round; the next round asks about the others',
  },
  {
    file: 'prisma/routines/operations.sql',
    text: "set_config('synchronous_commit', 'off', true)",
    reason: 'a setting of speed: what is lost with a crashed server is found again',
  },
  {
    file: 'prisma/routines/uploads.sql',
    text: "set_config('enable_nestloop', 'off', true)",
    reason: 'a hint for the planner',
  },
  {
    file: 'prisma/routines/uploads.sql',
    text: "set_config('enable_nestloop', v_nestloop, true)",
    reason: 'a hint for the planner',
  },
  {
    file: 'prisma/routines/uploads.sql',
    text: 'FROM asked a LEFT JOIN LATERAL price_in_force',
    what: /JOIN/,
    reason: 'what has no price is joined from the outside once more, and has none then either',
  },
  {
    file: 'prisma/routines/uploads.sql',
    text: 'min(w.day) AS day',
    reason: 'a price is the same on each day of a stretch',
  },
  {
    file: 'prisma/routines/uploads.sql',
    text: "AND r.service_codes <> '{}'",
    what: /^removed AND/,
    reason: 'a row without codes has no line anyway',
  },
  ...['prisma/routines/orders.sql', 'server/modules/sales/orders/queries/orders.ts'].map(theOnlyRow),
  {
    file: 'server/modules/core/notifications/public/send-messages.ts',
    text: 'if (keys.length === 0) return [];',
    what: /^removed/,
    reason: 'spares a question whose answer is empty',
  },
  gate(
    'repository.ts',
    "hashtextextended('gate:' || name, 0)",
    /./,
    'the name of a lock: any does, as long as all use it',
  ),
  gate('repository.ts', 'ORDER BY k) AS keys', /ASC|DESC/, 'any order does, as long as all lock in it'),
  gate(
    'repository.ts',
    "created_at > now() - interval '1 day'\n",
    /one more$|true$/,
    'the limits look at nothing older themselves; it spares reading that',
  ),
  gate('queries.ts', 'ORDER BY created_at DESC, id DESC LIMIT 1', /LIMIT 1$|^1 → 2$/, FIRST),
  gate('queries.ts', `AND agent IS NOT DISTINCT FROM \${agent} LIMIT 1`, /LIMIT 1$|^1 → 2$/, FIRST),
  gate('use-cases/prune-gate.ts', 'MOST_ROUNDS = 50', /one more$/, 'the next sweep goes on'),
  statements('queries.ts', 'ORDER BY r.requested_at DESC, r.id DESC LIMIT 1', /LIMIT 1$|^1 → 2$/, FIRST),
  statements('repository.ts', 'ORDER BY requested_at DESC, id DESC LIMIT 1', /LIMIT 1$|^1 → 2$/, FIRST),
  statements('queries.ts', `WHERE l.statement_id = ANY (\${ids}::uuid[]) ORDER`, /true$/, OWN),
  statements('queries.ts', `WHERE statement_id = ANY (\${ids}::uuid[]) ORDER`, /true$/, OWN),
  statements('use-cases/approve-statements.ts', '}, 60_000);', /one more$/, PATIENCE),
  statements('use-cases/publish-statements.ts', '}, 60_000);', /one more$/, PATIENCE),
  statements('use-cases/follow-run.ts', 'LOOK_EVERY_MS = 200', /one more$/, PATIENCE),
  statements('use-cases/list-published.ts', 'LOOK_EVERY_MS = 500', /one more$/, PATIENCE),
  statements('use-cases/list-published.ts', 'WAIT_MS = 10 * 60_000', /one more$/, PATIENCE),
  statements('public/draft-statements.ts', 'TIMEOUT_MS = 120_000', /one more$/, PATIENCE),
];

/** @returns {(typeof EQUIVALENT)[number]} */
function inOneOrder(file, text) {
  const reason = 'the order in which rows are locked or written: any does, as long as all keep it';
  return { file, text, what: /ASC|DESC/, reason };
}

/** @returns {(typeof EQUIVALENT)[number]} */
function theOnlyRow(file) {
  const reason = 'a constraint holds that the table has no other row';
  return { file, text: 'FROM organisation WHERE id = 1', what: /true$/, reason };
}

/** @returns {(typeof EQUIVALENT)[number]} */
function firstAlone(file, text) {
  return { file, text, what: /^(removed LIMIT 1|1 → 2)$/, reason: FIRST };
}

/** @returns {(typeof EQUIVALENT)[number]} */
function preparedName(file, text) {
  return { file, text, reason: 'the name under which a statement stays prepared: a matter of speed' };
}

/** @returns {(typeof EQUIVALENT)[number]} */
function exactMoment(file, text, what) {
  return { file, text, what, reason: 'nobody meets a moment so exactly' };
}

/** @returns {(typeof EQUIVALENT)[number]} */
function patience(file, text) {
  return {
    file,
    text,
    what: /one more$/,
    reason: 'a millisecond more before something ends or is looked at again',
  };
}

/** The reason why a mutant changes nothing that anybody could see; null for all others. @param {import('./targets.mjs').Mutant} mutant */
export function equivalent({ file, start, end, what }) {
  const known = EQUIVALENT.filter((one) => one.file === file && (one.what ?? /./).test(what));
  const listed = known.find(({ text }) => placesOf(file, text).some((at) => at <= start && end <= at + text.length));
  if (listed) return listed.reason;
  if (what === 'JOIN → LEFT JOIN') return ofRequiredKey(file, start, end);
  return what === '1 → one more' ? ofPage(file, start) : null;
}

/** `limit + 1` rows are read to know whether there are more; `toPage` cuts them to the limit. */
function ofPage(file, start) {
  const content = readFileSync(inRoot(file), 'utf8');
  return content.includes('toPage(') && content.slice(0, start).endsWith('limit + ')
    ? 'two rows beyond a page say what one says, and neither is shown'
    : null;
}

function ofRequiredKey(file, start, end) {
  const content = readFileSync(inRoot(file), 'utf8');
  return joinsRequiredKey(content.slice(0, start), content.slice(end))
    ? 'a foreign key that is never null has its row: joined from the outside it is the same'
    : null;
}

/** Where a text stands in a file. @returns {number[]} */
export function placesOf(file, text) {
  const content = readFileSync(inRoot(file), 'utf8');
  const places = [];
  for (let at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + 1)) places.push(at);
  return places;
}

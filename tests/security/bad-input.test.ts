import { describe, expect, it } from 'vitest';
import { appRouter } from '@/server/api/root';
import { createCallerFactory, type ProcedureMeta } from '@/server/api/trpc';
import type { StaffActor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';
import { encodeCursor } from '@/server/platform/paging';
import { withDatabase } from '../integration/database';

withDatabase();

const admin: StaffActor = {
  kind: 'user',
  id: crypto.randomUUID(),
  role: 'administrator',
  branchId: null,
  correlationId: 'bad',
};
const roles = ['administrator', 'finance', 'cashier', 'branch-manager', 'upload-operator', 'auditor'] as const;
type Input = Record<string, unknown>;

/** The answer to an input, as whichever role may ask. */
async function codeOf(path: string, input: Input): Promise<string> {
  let last = 'nobody may ask';
  for (const role of roles) {
    const caller = createCallerFactory(appRouter)({
      staff: { ...admin, role },
      doctor: null,
      locale: 'vi',
      correlationId: 'bad',
      addressHash: 'bad',
    });
    let call: unknown = caller;
    for (const part of path.split('.')) call = (call as Record<string, unknown>)[part];
    try {
      await (call as (given: Input) => Promise<unknown>)(input);
      return 'ok';
    } catch (error) {
      const { code, cause } = error as { code: string; cause?: unknown };
      last = code;
      if (code !== 'FORBIDDEN') return cause instanceof PortalError ? cause.code : code;
    }
  }
  return last;
}

type Procedure = { _def: { type: string; meta?: ProcedureMeta; inputs: { shape?: Record<string, unknown> }[] } };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);
const fieldsOf = (procedure: Procedure) => procedure._def.inputs.flatMap((input) => Object.keys(input?.shape ?? {}));
const lists = procedures.filter(([, one]) => fieldsOf(one).includes('cursor')).map(([path]) => path);
const searches = procedures.filter(([, one]) => fieldsOf(one).includes('search')).map(([path]) => path);

const needed: Record<string, Input> = {
  'statements.list': { month: '2026-10' },
  'rateCards.items': { id: crypto.randomUUID() },
  'uploads.rows': { id: crypto.randomUUID() },
  'statements.lines': { id: crypto.randomUUID() },
};
const NUL = '\0';
const cursors: [string, string][] = [
  ['no JSON', 'xxxx'],
  ['no list', Buffer.from('{"a":1}').toString('base64url')],
  ['of another list', encodeCursor(['a', 'b', 'c'])],
  ['a day that is none', encodeCursor(['0000-00-00 00:00:00+00', crypto.randomUUID()])],
  ['no id', encodeCursor(['2026-01-01 00:00:00+00', ''])],
  ['a NUL', encodeCursor([NUL])],
  ['objects', Buffer.from('[{"a":1},[2]]').toString('base64url')],
];

describe('a cursor that no page gave is answered 400', () => {
  it('every list is here', () => expect(lists.length).toBeGreaterThan(6));

  it.each(lists.flatMap((path) => cursors.map(([what, cursor]) => [path, what, cursor] as const)))(
    '%s: %s',
    async (path, _, cursor) => {
      expect(['bad_cursor', 'BAD_REQUEST']).toContain(await codeOf(path, { ...needed[path], cursor }));
    },
  );
});

describe('a NUL and half characters are answered 400, or read as nothing', () => {
  it('every search is here', () => expect(searches.length).toBeGreaterThan(5));

  it.each(searches.flatMap((path) => [NUL, `a${NUL}b`, '\ud800'].map((search) => [path, search] as const)))(
    '%s: %j',
    async (path, search) => {
      expect(['ok', 'unreadable_input', 'BAD_REQUEST']).toContain(await codeOf(path, { ...needed[path], search }));
    },
  );
});

describe('a day or a month that no business means is answered 400', () => {
  it.each(['0000-01-01', '0001-01-01', '9999-12-31', '2026-02-30', '275760-09-13', '-000001-01-01'])(
    '%s',
    async (day) => {
      expect(await codeOf('orders.list', { from: day })).toBe('BAD_REQUEST');
      const patient = { fullName: 'Someone', dob: day, sex: 'male' };
      expect(await codeOf('patients.register', patient)).toBe('BAD_REQUEST');
    },
  );

  it.each(['0000-01', '0000-00', '2026-13', '9999-12'])('%s', async (month) => {
    expect(await codeOf('statements.list', { month })).toBe('BAD_REQUEST');
  });
});

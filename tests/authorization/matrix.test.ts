import { TRPCError } from '@trpc/server';
import { describe, expect, it } from 'vitest';
import type { ApiContext } from '@/server/api/context';
import { appRouter } from '@/server/api/root';
import { createCallerFactory, type ProcedureMeta } from '@/server/api/trpc';
import { can, PERMISSIONS } from '@/server/authorization/permissions';
import { ROLES, type Role } from '@/server/domain/role';
import type { DoctorActor, StaffActor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';
import { withDatabase } from '../integration/database';

withDatabase();

type Procedure = ((...args: never[]) => unknown) & { _def: { type: string; meta?: ProcedureMeta } };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);
const caller = createCallerFactory(appRouter);

const NOBODY: ApiContext = { staff: null, doctor: null, locale: 'vi', correlationId: 'matrix', addressHash: 'matrix' };
const ID = '00000000-0000-7000-8000-000000000001';
const staffOf = (role: Role): StaffActor => ({ kind: 'user', id: ID, role, branchId: null, correlationId: 'matrix' });
const doctor: DoctorActor = { kind: 'doctor', id: ID, linkId: ID, correlationId: 'matrix' };

// An input no schema takes: whoever is let in gets as far as having it refused, and nothing is written.
const WRONG_INPUT = { nobody: 'sends this' };

/** refused: not this caller. allowed: the caller got in, whatever then became of the input. */
async function request(path: string, context: ApiContext): Promise<'refused' | 'allowed'> {
  let call: unknown = caller(context);
  for (const part of path.split('.')) call = (call as Record<string, unknown>)[part];
  try {
    const answer = await (call as (input: unknown) => Promise<unknown>)(WRONG_INPUT);
    // A subscription starts with its first value; asking for the iterator is enough.
    if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer) return 'allowed';
    return 'allowed';
  } catch (error) {
    const kind = error instanceof TRPCError && error.cause instanceof PortalError ? error.cause.kind : undefined;
    return kind === 'forbidden' || kind === 'unauthenticated' ? 'refused' : 'allowed';
  }
}

describe('every procedure', () => {
  it('is there', () => {
    expect(procedures.length).toBeGreaterThan(20);
  });

  it.each(procedures)('%s declares who may call it', (_, procedure) => {
    expect(['doctor', 'public', ...PERMISSIONS]).toContain(procedure._def.meta?.permission);
  });

  it('is what a permission is for: there is none that opens nothing', () => {
    const used = new Set(procedures.map(([, procedure]) => procedure._def.meta?.permission));
    expect(PERMISSIONS.filter((permission) => !used.has(permission))).toEqual([]);
  });
});

describe.each(ROLES)('a %s', (role) => {
  it.each(procedures)('%s', async (path, procedure) => {
    const permission = procedure._def.meta?.permission;
    const answer = await request(path, { ...NOBODY, staff: staffOf(role) });
    if (permission === 'public') return expect(answer).toBe('allowed');
    const allowed = permission !== 'doctor' && permission !== undefined && can(role, permission);
    expect(answer).toBe(allowed ? 'allowed' : 'refused');
  });
});

describe('a doctor behind the gate, and nobody', () => {
  it.each(procedures)('%s', async (path, procedure) => {
    const permission = procedure._def.meta?.permission;
    expect(await request(path, { ...NOBODY, doctor })).toBe(
      permission === 'doctor' || permission === 'public' ? 'allowed' : 'refused',
    );
    expect(await request(path, NOBODY)).toBe(permission === 'public' ? 'allowed' : 'refused');
  });
});

it('the whole matrix is as agreed', async () => {
  const lines = procedures.map(([path, procedure]) => {
    const permission = procedure._def.meta?.permission ?? 'none';
    const who =
      permission === 'doctor' || permission === 'public'
        ? [permission]
        : ROLES.filter((role) => can(role, permission as never));
    return `${path.padEnd(32)} ${procedure._def.type.padEnd(13)} ${permission.padEnd(20)} ${who.join(' ')}`;
  });
  await expect(`${lines.sort().join('\n')}\n`).toMatchFileSnapshot('matrix.txt');
});

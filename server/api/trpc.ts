import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import { can, type Permission } from '@/server/authorization/permissions';
import type { Visitor } from '@/server/modules/referral/statement-access/schema';
import { isBadValue } from '@/server/platform/db';
import { asPortalError, PortalError, trpcCode } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';
import { metrics } from '@/server/platform/metrics';
import type { ApiContext } from './context';
import { countedLive, readQueue, refuseMoreLive } from './read-queue';
import { wire } from './sent-input';
import { whileSignedIn } from './while-signed-in';

/** Every procedure says who may call it: a permission of the staff, a doctor behind the gate, or anybody. */
export type ProcedureMeta = { permission: Permission | 'doctor' | 'public' };

const t = initTRPC
  .context<ApiContext>()
  .meta<ProcedureMeta>()
  .create({
    transformer: wire,
    errorFormatter({ shape, error, ctx }) {
      const cause = error.cause instanceof PortalError ? error.cause : undefined;
      const invalid =
        error.code === 'BAD_REQUEST' && error.cause instanceof z.ZodError ? z.flattenError(error.cause) : undefined;
      const code = cause?.code ?? codeOf(shape.data.httpStatus);
      return {
        message: code,
        code: shape.code,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          reason: code,
          params: cause?.params ?? {},
          fields: invalid?.fieldErrors ?? null,
          correlationId: ctx?.correlationId ?? null,
        },
      };
    },
  });

export const { router, createCallerFactory } = t;

/** What tRPC refuses by itself, before any of ours is asked: an address, a method or words that it cannot read are the caller's. */
function codeOf(status: number): string {
  if (status === 404) return 'not_found';
  return status < 500 ? 'invalid_input' : 'internal';
}

/** Measures, turns every error into one `PortalError`, and logs unexpected errors with the caller's correlation id. */
const observed = t.middleware(async ({ path, ctx, next }) => {
  const stop = metrics().procedures.startTimer({ path });
  const result = await next();
  stop({ outcome: result.ok ? 'ok' : 'error' });
  if (result.ok || result.error.cause instanceof z.ZodError) return result;
  const known = isBadValue(result.error.cause)
    ? new PortalError('invalid', 'unreadable_input', { cause: result.error.cause })
    : asPortalError(result.error.cause ?? result.error);
  if (result.error.code !== 'INTERNAL_SERVER_ERROR' && !(result.error.cause instanceof PortalError)) return result;
  const log = logger('api');
  const facts = { path, correlationId: ctx.correlationId, code: known.code };
  if (known.kind === 'internal') log.error({ ...facts, err: known.cause ?? known }, 'procedure failed');
  else log.info({ ...facts, err: known.cause }, 'procedure refused');
  return { ...result, error: new TRPCError({ code: trpcCode(known), message: known.code, cause: known }) };
});

const observedProcedure = t.procedure.use(observed);

/** A procedure of the staff. Refuses callers who are not signed in or have no permission. */
export const procedure = (permission: Permission) =>
  observedProcedure.meta({ permission }).use(async ({ ctx, next, type }) => {
    const actor = ctx.staff;
    if (!actor && ctx.newcomer) throw new PortalError('forbidden', 'password_change_first');
    if (!actor) throw new PortalError('unauthenticated', 'sign_in_first');
    if (!can(actor.role, permission)) throw new PortalError('forbidden', 'not_permitted', { params: { permission } });
    const go = () => next({ ctx: { ...ctx, actor } });
    if (type === 'query') return readQueue.run(actor.id, go);
    if (type === 'mutation') return go();
    refuseMoreLive(actor.id);
    const result = await go();
    if (result.ok && ctx.isStillSignedIn)
      result.data = countedLive(actor.id, whileSignedIn(result.data, ctx.isStillSignedIn));
    return result;
  });

/** As a procedure of the staff for what is one's own, open also to who has to change a one-time password first. */
export const newcomerProcedure = observedProcedure.meta({ permission: 'session.own' }).use(({ ctx, next }) => {
  const actor = ctx.staff ?? ctx.newcomer;
  if (!actor) throw new PortalError('unauthenticated', 'sign_in_first');
  return next({ ctx: { ...ctx, actor } });
});

/** A procedure of a doctor who passed the gate; what it answers is narrowed to the link's own statement. */
export const doctorProcedure = observedProcedure.meta({ permission: 'doctor' }).use(({ ctx, next }) => {
  if (!ctx.doctor) throw new PortalError('unauthenticated', 'gate_first');
  const { correlationId, addressHash } = ctx;
  const unsaid: Visitor = { correlationId, addressHash, method: 'GET', agent: null, purpose: null, language: null };
  return next({ ctx: { ...ctx, actor: ctx.doctor, visitor: ctx.visitor ?? unsaid } });
});

/** A procedure anybody may call; it limits by itself. */
export const publicProcedure = observedProcedure.meta({ permission: 'public' });

import { procedure, router } from '@/server/api/trpc';
import { findPayers, findReferrers, quoteCart, sellableServices } from './queries/selling';
import { currentShift, listShifts, shiftDay, shiftReport, tillsOfBranch } from './queries/shifts';
import {
  closeShiftInput,
  listShiftsInput,
  lookupInput,
  openShiftInput,
  quoteInput,
  sellableInput,
  shiftId,
} from './schema';
import { acceptShift } from './use-cases/accept-shift';
import { closeShift } from './use-cases/close-shift';
import { openShift } from './use-cases/open-shift';

export const tillRouter = router({
  tills: procedure('shift.open').query(({ ctx }) => tillsOfBranch(ctx.actor)),
  current: procedure('shift.open').query(({ ctx }) => currentShift(ctx.actor)),
  shifts: procedure('shift.open')
    .input(listShiftsInput)
    .query(({ ctx, input }) => listShifts({ actor: ctx.actor, ...input })),
  day: procedure('shift.open').query(({ ctx }) => shiftDay(ctx.actor)),
  shift: procedure('shift.open')
    .input(shiftId)
    .query(({ ctx, input }) => shiftReport({ actor: ctx.actor, shiftId: input.shiftId })),
  sellable: procedure('pos.sell')
    .input(sellableInput)
    .query(({ ctx, input }) => sellableServices({ actor: ctx.actor, customerId: input.customerId })),
  quote: procedure('pos.sell')
    .input(quoteInput)
    .query(({ ctx, input }) => quoteCart({ actor: ctx.actor, cart: input })),
  payers: procedure('pos.sell')
    .input(lookupInput)
    .query(({ input }) => findPayers(input)),
  referrers: procedure('pos.sell')
    .input(lookupInput)
    .query(({ input }) => findReferrers(input)),
  open: procedure('shift.open')
    .input(openShiftInput)
    .mutation(({ ctx, input }) => openShift({ actor: ctx.actor, ...input })),
  close: procedure('shift.open')
    .input(closeShiftInput)
    .mutation(({ ctx, input }) => closeShift({ actor: ctx.actor, ...input })),
  accept: procedure('shift.accept')
    .input(shiftId)
    .mutation(({ ctx, input }) => acceptShift({ actor: ctx.actor, shiftId: input.shiftId })),
});

import { procedure, router } from '@/server/api/trpc';
import { listDoctors } from './queries';
import { doctorId, listDoctorsInput } from './schema';
import { openDoctor } from './use-cases/open-doctor';

export const doctorsRouter = router({
  list: procedure('doctor.read')
    .input(listDoctorsInput)
    .query(({ input }) => listDoctors(input)),
  byId: procedure('doctor.read')
    .input(doctorId)
    .query(({ ctx, input }) => openDoctor({ actor: ctx.actor, id: input.id })),
});

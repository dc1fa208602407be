import { procedure, router } from '@/server/api/trpc';
import { doctorDetail, listDoctors } from './queries';
import { doctorId, listDoctorsInput } from './schema';

export const doctorsRouter = router({
  list: procedure('doctor.read')
    .input(listDoctorsInput)
    .query(({ input }) => listDoctors(input)),
  byId: procedure('doctor.read')
    .input(doctorId)
    .query(({ ctx, input }) => doctorDetail({ actor: ctx.actor, id: input.id })),
});

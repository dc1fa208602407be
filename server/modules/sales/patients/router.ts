import { procedure, router } from '@/server/api/trpc';
import { findPatients, listPatients } from './queries';
import { findPatientsInput, listPatientsInput, patientId, registerPatientInput } from './schema';
import { openPatient } from './use-cases/open-patient';
import { registerPatient } from './use-cases/register-patient';

export const patientsRouter = router({
  find: procedure('patient.read')
    .input(findPatientsInput)
    .query(({ input }) => findPatients(input)),
  list: procedure('patient.read')
    .input(listPatientsInput)
    .query(({ input }) => listPatients(input)),
  byId: procedure('patient.read')
    .input(patientId)
    .query(({ ctx, input }) => openPatient({ actor: ctx.actor, id: input.id })),
  register: procedure('patient.register')
    .input(registerPatientInput)
    .mutation(({ ctx, input }) => registerPatient({ actor: ctx.actor, patient: input })),
});

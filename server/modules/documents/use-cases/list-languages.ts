import type { DoctorActor } from '@/server/platform/actor';
import { languagesOfLink } from '../queries';
import type { DocumentLanguage } from '../schema';

/** The languages in which the doctor's statement can be had as a PDF now: none until it has been made. */
export const listLanguages = ({ actor }: { actor: DoctorActor }): Promise<DocumentLanguage[]> =>
  languagesOfLink(actor.linkId);

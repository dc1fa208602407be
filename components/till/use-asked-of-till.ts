import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { notify } from '@/components/ui/toast';
import { useAskedOnce } from '@/components/ui/use-asked-once';
import type { PatientRow } from '@/server/modules/sales/patients/schema';

type Acts = {
  sellTo: (patient: PatientRow) => void;
  closeShift: () => void;
  takeBalance: (orderId: string) => void;
};

/** What an address asks of the till: to sell to a patient who was found elsewhere, to take what is owed of an order, or to close the shift. */
export function useAskedOfTill(acts: Acts): void {
  // By the time that the patient is read, the sale may be another one: one that was held back by this browser, or begun meanwhile.
  const latest = useRef(acts);
  latest.current = acts;
  const t = useTranslations('till.parties');
  const trpc = useTRPC();
  const client = useQueryClient();
  const sentenceOf = useErrorSentence();
  useAskedOnce('patient', (id) => {
    client
      .fetchQuery(trpc.patients.byId.queryOptions({ id }))
      .then(({ orders: _, services: _services, email: _email, address: _address, ...patient }) =>
        latest.current.sellTo(patient),
      )
      .catch((error: unknown) => notify.wrong(t('notTaken'), { description: sentenceOf(error).sentence }));
  });
  useAskedOnce('close', acts.closeShift);
  useAskedOnce('balance', acts.takeBalance);
}

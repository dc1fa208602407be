import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { notify } from '@/components/ui/toast';
import { useAskedOnce } from '@/components/ui/use-asked-once';
import type { PatientRow } from '@/server/modules/sales/patients/schema';

type Acts = {
  /** Whether a sale that this browser held back has come: who is sold to before would take its place. */
  settled: boolean;
  sellTo: (patient: PatientRow) => void;
  closeShift: () => void;
};

/** What an address asks of the till: to sell to a patient who was found elsewhere, or to close the shift. */
export function useAskedOfTill(acts: Acts): void {
  // By the time that the patient is read, the sale may be another one.
  const latest = useRef(acts);
  latest.current = acts;
  const [asked, setAsked] = useState<PatientRow | null>(null);
  const { settled } = acts;
  const t = useTranslations('till.parties');
  const trpc = useTRPC();
  const client = useQueryClient();
  const sentenceOf = useErrorSentence();
  useAskedOnce('patient', (id) => {
    client
      .fetchQuery(trpc.patients.byId.queryOptions({ id }))
      .then(({ orders: _, email: _email, address: _address, ...patient }) => setAsked(patient))
      .catch((error: unknown) => notify.wrong(t('notTaken'), { description: sentenceOf(error).sentence }));
  });
  useEffect(() => {
    if (!asked || !settled) return;
    setAsked(null);
    latest.current.sellTo(asked);
  }, [asked, settled]);
  useAskedOnce('close', acts.closeShift);
}

'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Building2, HandCoins, Phone, Stethoscope, UserPlus, UserRound, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { RefObject } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { PatientFacts } from '@/components/patients/patient-facts';
import { TierBadge } from '@/components/ui/badge';
import { Button, IconButton } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Code } from '@/components/ui/code';
import { ComboBox } from '@/components/ui/combo-box';
import { KeyHint } from '@/components/ui/key-hint';
import { Money } from '@/components/ui/money';
import { TextArea } from '@/components/ui/text-field';
import { notify } from '@/components/ui/toast';
import { useToday } from '@/components/ui/use-today';
import { ageOn } from '@/server/domain/age';
import { phoneText } from '@/server/domain/phone';
import type { PatientRow } from '@/server/modules/sales/patients/schema';
import type { Cart, CartAction } from './cart-state';

type Props = {
  cart: Cart;
  act: (action: CartAction) => void;
  patientRef: RefObject<HTMLInputElement | null>;
  /** Opens the registration with what was typed. */
  onRegister: (typed: string) => void;
  /** Somebody is being looked for, who may have to be registered. */
  onNearRegister: () => void;
  /** Opens what the chosen patient owes. */
  onBalance: () => void;
};

/** The left column: who is treated, who pays, who referred, and what is worth noting. */
export function SaleParties({ cart, act, patientRef, onRegister, onNearRegister, onBalance }: Props) {
  const t = useTranslations('till.parties');
  const trpc = useTRPC();
  const client = useQueryClient();
  const sentenceOf = useErrorSentence();
  // A search that failed must not look like somebody who is not known: it says so, and offers nothing.
  const reportingErrors = <T,>(found: Promise<T>) =>
    found.catch((error: unknown) => {
      notify.wrong(t('searchFailed'), { description: sentenceOf(error).sentence, id: 'search-failed' });
      throw error;
    });
  return (
    <section aria-label={t('label')} className="flex flex-col gap-(--stack)">
      {cart.patient ? (
        <ChosenPatient
          patient={cart.patient}
          onClear={() => act({ do: 'patient', patient: null })}
          onBalance={onBalance}
        />
      ) : (
        <div className="flex flex-col gap-2">
          <ComboBox<PatientRow>
            label={t('patient')}
            required
            placeholder={t('patientPlaceholder')}
            prefix={<UserRound aria-hidden="true" className="size-4" />}
            value={null}
            onChange={(patient) => act({ do: 'patient', patient })}
            keyOf={(patient) => patient.id}
            textOf={(patient) => patient.fullName}
            load={(search) => {
              onNearRegister();
              return reportingErrors(client.fetchQuery(trpc.patients.find.queryOptions({ search })));
            }}
            minLength={2}
            renderItem={(patient) => <PatientFacts patient={patient} />}
            onCreate={onRegister}
            createLabel={(text) => t('create', { text })}
            inputRef={patientRef}
          />
          <Button variant="secondary" icon={UserPlus} onPress={() => onRegister('')}>
            {t('register')}
          </Button>
        </div>
      )}
      <ComboBox
        label={t('payer')}
        placeholder={t('payerPlaceholder')}
        prefix={<Building2 aria-hidden="true" className="size-4" />}
        value={cart.payer}
        onChange={(payer) => act({ do: 'payer', payer })}
        keyOf={(payer) => payer.id}
        textOf={(payer) => payer.name}
        load={(search) => reportingErrors(client.fetchQuery(trpc.till.payers.queryOptions({ search })))}
        renderItem={(payer) => (
          <span className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate">{payer.name}</span>
            <TierBadge tier={payer.tier} />
          </span>
        )}
      />
      {cart.payer && (
        <Checkbox
          checked={cart.onAccount}
          onChange={(onAccount) => act({ do: 'account', onAccount })}
          help={t('onAccountHelp')}
        >
          {t('onAccount')}
        </Checkbox>
      )}
      <ComboBox
        label={t('doctor')}
        placeholder={t('doctorPlaceholder')}
        prefix={<Stethoscope aria-hidden="true" className="size-4" />}
        value={cart.doctor}
        onChange={(doctor) => act({ do: 'doctor', doctor })}
        keyOf={(doctor) => doctor.id}
        textOf={(doctor) => doctor.name}
        load={(search) => reportingErrors(client.fetchQuery(trpc.till.referrers.queryOptions({ search })))}
        renderItem={(doctor) => (
          <span className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1 truncate">{doctor.name}</span>
            <Code className="text-xs text-ink-3">{doctor.code}</Code>
          </span>
        )}
      />
      <TextArea
        label={t('note')}
        value={cart.note}
        onChange={(note) => act({ do: 'note', note })}
        rows={2}
        maxLength={500}
      />
    </section>
  );
}

type ChosenProps = { patient: PatientRow; onClear: () => void; onBalance: () => void };

function ChosenPatient({ patient, onClear, onBalance }: ChosenProps) {
  const t = useTranslations('till.parties');
  const today = useToday();
  return (
    <div className="rounded-lg border border-accent-line bg-accent-soft p-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="flex items-center gap-2 text-xs text-ink-2">
            {t('patient')} <KeyHint keys="F2" className="max-sm:hidden" />
          </p>
          <p className="text-base font-semibold break-words">{patient.fullName}</p>
        </div>
        <IconButton icon={X} label={t('clearPatient')} size="small" onPress={onClear} />
      </div>
      <p className="tabular text-ink-2">
        {t('age', { sex: t(`sex.${patient.sex}`), age: ageOn(patient.dob, today), year: patient.dob.slice(0, 4) })}
      </p>
      <p className="tabular mt-0.5 flex flex-wrap items-center gap-x-3 text-xs text-ink-2">
        <span className="flex items-center gap-1">
          <Phone aria-hidden="true" className="size-3.5" />
          {phoneText(patient.phone)}
        </span>
        <Code>{patient.code}</Code>
      </p>
      <OwedBefore patientId={patient.id} onBalance={onBalance} />
    </div>
  );
}

/** What the patient still owes for earlier orders, at any branch, before more is sold. */
function OwedBefore({ patientId, onBalance }: { patientId: string; onBalance: () => void }) {
  const t = useTranslations('till.balance');
  const { data } = useQuery(useTRPC().payments.owed.queryOptions({ patientId }));
  const [first, ...others] = data?.orders ?? [];
  if (!first) return null;
  const due = others.reduce((sum, order) => sum + (order.currency === first.currency ? order.due : 0n), first.due);
  return (
    <Button size="small" icon={HandCoins} keys={<KeyHint keys="F7" />} onPress={onBalance} className="mt-2 w-full">
      <span className="tabular">
        {t.rich('owes', { count: others.length + 1, money: () => <Money minor={due} currency={first.currency} /> })}
      </span>
    </Button>
  );
}

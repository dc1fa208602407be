'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, type Ref, useId, useImperativeHandle, useRef, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { CameBack } from '@/components/kit/draft/came-back';
import { useKeptDraft } from '@/components/kit/draft/use-kept-draft';
import { Button } from '@/components/ui/button';
import { DateField } from '@/components/ui/date-field';
import { Dialog } from '@/components/ui/dialog';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { RadioGroup } from '@/components/ui/radio-group';
import { TextField } from '@/components/ui/text-field';
import { useFormCheck } from '@/components/ui/use-form-check';
import { type PatientRow, registerPatientInput, type Sex } from '@/server/modules/sales/patients/schema';

type Draft = { fullName: string; dob: string | null; sex: Sex | null; phone: string; email: string; address: string };
type Props = {
  open: boolean;
  typed: string;
  onClose: () => void;
  onDone: (patient: PatientRow, how: Registration) => void;
};

/** `other-sex`: known with another sex than was typed; what is done for the patient goes by the record. */
export type Registration = 'new' | 'known' | 'other-sex';

// What was typed into the search is a phone where it has digits, else a name.
const draftOf = (typed: string): Draft => ({
  fullName: /\d/.test(typed) ? '' : typed,
  phone: /\d/.test(typed) ? typed : '',
  dob: null,
  sex: null,
  email: '',
  address: '',
});

/** Registers a patient. Who is known already is found instead, and said so. Nothing typed is lost on an error. */
export function RegisterPatientDialog({ open, typed, onClose, onDone }: Props) {
  const t = useTranslations('patients.register');
  const formId = useId();
  const form = useRef<FormHandle>(null);
  const close = () => {
    form.current?.drop();
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t('title')}
      description={t('description')}
      footer={
        <>
          <Button onPress={close}>{t('cancel')}</Button>
          <Button variant="primary" type="submit" form={formId}>
            {t('save')}
          </Button>
        </>
      }
    >
      {open && <RegisterForm key={typed} ref={form} id={formId} typed={typed} onDone={onDone} />}
    </Dialog>
  );
}

/** Takes away what is kept of the form: it is left on purpose. */
type FormHandle = { drop: () => void };

/** In the order of the form. */
const FIELDS = ['fullName', 'dob', 'sex', 'phone', 'email', 'address'] as const;

const isUnchanged = (draft: Draft, typed: string): boolean => {
  const begun = draftOf(typed);
  return (Object.keys(begun) as (keyof Draft)[]).every((field) => draft[field] === begun[field]);
};

type KeptForm = { typed: string; draft: Draft };
// Only to whom it was begun for: another patient's details must not come up.
const isKeptFormOf =
  (typed: string) =>
  (kept: unknown): kept is KeptForm => {
    const { draft, ...begun } = (kept ?? {}) as Partial<KeptForm>;
    return (
      begun.typed === typed && Object.values(draft ?? [0]).every((text) => text === null || typeof text === 'string')
    );
  };

function useRegistration(typed: string, onDone: Props['onDone']) {
  const t = useTranslations('patients.register.wrong');
  const sentenceOf = useErrorSentence();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(typed));
  const parsed = registerPatientInput.safeParse(draft);
  const wrong = new Set(parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0])));
  const kept = useKeptDraft({
    name: 'patient',
    draft: { typed, draft },
    isEmpty: isUnchanged(draft, typed),
    isDraft: isKeptFormOf(typed),
    restore: (before) => setDraft({ ...draftOf(typed), ...before.draft }),
  });
  const register = useSentOnce(
    trpc.patients.register.mutationOptions({
      onSuccess: async ({ isNew, ...patient }, sent) => {
        kept.done();
        await client.invalidateQueries(trpc.patients.pathFilter());
        onDone(patient, isNew ? 'new' : patient.sex === sent.sex ? 'known' : 'other-sex');
      },
    }),
  );
  const { isRight, errorAt, summary } = useFormCheck(
    Object.fromEntries(FIELDS.map((field) => [field, wrong.has(field) ? t(field) : null])),
    register.error && { sentence: sentenceOf(register.error).sentence },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (isRight() && parsed.success && !register.isPending) register.mutate(parsed.data);
  };
  return {
    draft,
    set: (change: Partial<Draft>) => setDraft({ ...draft, ...change }),
    submit,
    kept,
    drop: () => {
      kept.done();
      setDraft(draftOf(typed));
    },
    summary,
    errorAt,
  };
}

type FormProps = { id: string; typed: string; onDone: Props['onDone']; ref: Ref<FormHandle> };

function RegisterForm({ id, typed, onDone, ref }: FormProps) {
  const t = useTranslations('patients.register');
  const { draft, set, submit, summary, errorAt, kept, drop } = useRegistration(typed, onDone);
  useImperativeHandle(ref, () => ({ drop }));
  return (
    <form id={id} onSubmit={submit} noValidate className="grid gap-4 sm:grid-cols-2">
      <div className="empty:hidden sm:col-span-2">
        <CameBack kept={kept} onDrop={drop} />
      </div>
      <FormErrorSummary {...summary} className="sm:col-span-2" />
      <TextField
        label={t('fullName')}
        name="fullName"
        required
        autoFocus
        autoComplete="off"
        value={draft.fullName}
        onChange={(fullName) => set({ fullName })}
        error={errorAt('fullName')}
        className="sm:col-span-2"
      />
      <DateField
        label={t('dob')}
        name="dob"
        required
        value={draft.dob}
        onChange={(dob) => set({ dob })}
        error={errorAt('dob')}
      />
      <RadioGroup
        label={t('sex')}
        name="sex"
        required
        direction="row"
        options={[
          { value: 'female', label: t('female') },
          { value: 'male', label: t('male') },
        ]}
        value={draft.sex}
        onChange={(sex) => set({ sex })}
        error={errorAt('sex')}
      />
      <TextField
        label={t('phone')}
        name="phone"
        required
        inputMode="tel"
        autoComplete="off"
        value={draft.phone}
        onChange={(phone) => set({ phone })}
        help={t('phoneHelp')}
        error={errorAt('phone')}
      />
      <TextField
        label={t('email')}
        name="email"
        type="email"
        autoComplete="off"
        value={draft.email}
        onChange={(email) => set({ email })}
        error={errorAt('email')}
      />
      <TextField
        label={t('address')}
        name="address"
        autoComplete="off"
        value={draft.address}
        onChange={(address) => set({ address })}
        error={errorAt('address')}
        className="sm:col-span-2"
      />
      {/* Enter in any field goes on; the visible button stands in the dialog's foot. */}
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
    </form>
  );
}

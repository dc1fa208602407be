'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { TextField } from '@/components/ui/text-field';
import { useFormCheck } from '@/components/ui/use-form-check';

type Props = { open: boolean; name: string; onClose: () => void; onHold: (name: string) => void };

/** Under which name a sale waits: that of the patient, unless another is typed; Enter puts it aside. */
export function HoldDialog({ open, onClose, ...form }: Props) {
  const t = useTranslations('till.hold');
  const formId = useId();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      size="small"
      title={t('title')}
      description={t('text')}
      footer={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button variant="primary" type="submit" form={formId}>
            {t('hold')}
          </Button>
        </>
      }
    >
      {open && <HoldForm id={formId} {...form} />}
    </Dialog>
  );
}

function HoldForm({ id, name: suggested, onHold }: { id: string; name: string; onHold: Props['onHold'] }) {
  const t = useTranslations('till.hold');
  const [name, setName] = useState(suggested);
  const { isRight, errorAt, summary } = useFormCheck({ name: name.trim() ? null : t('nameNeeded') });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (isRight()) onHold(name.trim());
  };
  return (
    <form id={id} noValidate onSubmit={submit} className="space-y-4">
      <FormErrorSummary {...summary} />
      <TextField
        label={t('name')}
        name="name"
        value={name}
        onChange={setName}
        error={errorAt('name')}
        maxLength={120}
        autoComplete="off"
        autoFocus
        inputRef={(box) => box?.select()}
      />
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
    </form>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { TextField } from '@/components/ui/text-field';
import { useFormCheck } from '@/components/ui/use-form-check';

/** Asks for the number on a receipt. */
export function NumberDialog({ onClose, onNumber }: { onClose: () => void; onNumber: (number: string) => void }) {
  const t = useTranslations('giving-back.byNumber');
  const tCommon = useTranslations('giving-back');
  const formId = useId();
  const [number, setNumber] = useState('');
  const { isRight, errorAt, summary } = useFormCheck({ number: number.trim() === '' ? t('needed') : null });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (isRight()) onNumber(number.trim());
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="small"
      title={t('title')}
      description={t('text')}
      footer={
        <>
          <Button onPress={onClose}>{tCommon('cancel')}</Button>
          <Button variant="primary" type="submit" form={formId}>
            {t('find')}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="space-y-3">
        <FormErrorSummary {...summary} />
        <TextField
          label={t('number')}
          name="number"
          required
          value={number}
          onChange={setNumber}
          error={errorAt('number')}
          autoComplete="off"
          maxLength={40}
          autoFocus
        />
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DateField } from '../date-field';
import { FormErrorSummary } from '../form-error-summary';
import { KeyHint } from '../key-hint';
import { MoneyField } from '../money-field';
import { NumberField } from '../number-field';
import { SearchField } from '../search-field';
import { TextArea, TextField } from '../text-field';
import { Section, Specimen } from './specimen';

const grid = 'grid gap-x-4 gap-y-5 sm:grid-cols-2 lg:grid-cols-3';

export function Fields() {
  const t = useTranslations('design.f');
  const [amount, setAmount] = useState<bigint | null>(500_000n);
  const [birth, setBirth] = useState<string | null>('1985-03-14');
  const [from, setFrom] = useState<string | null>('2024-02-29');
  const [quantity, setQuantity] = useState<number | null>(2);
  return (
    <Section id="fields">
      <Specimen name="TextField · SearchField · TextArea" className={grid}>
        <TextField label={t('name')} help={t('nameHelp')} defaultValue="Nguyễn Thị Ánh Tuyết" required />
        <TextField
          id="gallery-phone"
          label={t('phone')}
          defaultValue="091234567"
          error={t('phoneError')}
          inputMode="tel"
        />
        <SearchField hideLabel={false} label={t('search')} keys={<KeyHint keys="/" />} />
        <TextField label={t('readonly')} defaultValue="Q3-261105-0042" readOnly />
        <TextField label={t('disabled')} defaultValue={t('branch')} disabled />
        <TextArea label={t('note')} rows={2} />
      </Specimen>
      <Specimen name="MoneyField · NumberField · DateField" className={grid}>
        <MoneyField label={t('amount')} value={amount} onChange={setAmount} />
        <NumberField label={t('quantity')} value={quantity} onChange={setQuantity} min={1} max={99} />
        <NumberField
          label={t('percent')}
          defaultValue={12.5}
          min={0}
          max={100}
          decimals={3}
          unit="%"
          steppers={false}
        />
        <DateField id="gallery-birth" label={t('birth')} value={birth} onChange={setBirth} calendar={false} />
        <DateField label={t('from')} value={from} onChange={setFrom} min="2024-02-10" />
        <MoneyField label={t('amount')} value={amount} onChange={setAmount} size="large" />
      </Specimen>
      <Specimen name="disabled · error" className={grid}>
        <MoneyField label={t('amount')} value={amount} onChange={setAmount} disabled />
        <NumberField label={t('quantity')} value={quantity} onChange={setQuantity} disabled />
        <DateField label={t('birth')} value={birth} onChange={setBirth} disabled />
        <MoneyField label={t('amount')} value={amount} onChange={setAmount} error={t('amountError')} />
        <DateField label={t('birth')} value={birth} onChange={setBirth} error={t('summaryBirth')} calendar={false} />
        <TextField label={t('longLabel')} help={t('longHelp')} defaultValue={t('longValue')} />
        <TextArea label={t('note')} rows={2} defaultValue={t('longValue')} error={t('summaryPhone')} />
        <TextArea label={t('note')} rows={2} defaultValue={t('longHelp')} disabled />
        <NumberField label={t('quantity')} value={quantity} onChange={setQuantity} error={t('amountError')} />
      </Specimen>
      <Specimen name="FormErrorSummary" plain>
        <FormErrorSummary
          problems={[
            { field: 'gallery-phone', message: t('summaryPhone') },
            { field: 'gallery-birth', message: t('summaryBirth') },
          ]}
        />
      </Specimen>
    </Section>
  );
}

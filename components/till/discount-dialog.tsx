'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog } from '@/components/ui/dialog';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { Money } from '@/components/ui/money';
import { NumberField } from '@/components/ui/number-field';
import { SegmentedControl } from '@/components/ui/radio-group';
import { useFormCheck } from '@/components/ui/use-form-check';
import type { CartTotals } from '@/server/modules/sales/orders/rules';

type Props = {
  open: boolean;
  /** The chosen line: its code, name and discount. */
  line: { code: string; name: string; percent: string } | null;
  /** What the whole order comes to now, and with a discount on one line or on all. */
  totals: CartTotals;
  totalsWith: (code: string | null, percent: string) => CartTotals;
  currency: string;
  onClose: () => void;
  onApply: (code: string | null, percent: string) => void;
};

/**
 * A discount in percent for the chosen line or the whole cart; the new total is shown before it is taken. Who may give how much
 * is the server's to say.
 */
export function DiscountDialog({ open, onClose, ...form }: Props) {
  const t = useTranslations('till.discount');
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
            {t('apply')}
          </Button>
        </>
      }
    >
      {open && <DiscountForm key={form.line?.code ?? ''} id={formId} {...form} />}
    </Dialog>
  );
}

type FormProps = Omit<Props, 'open' | 'onClose'> & { id: string };

function DiscountForm({ id, line, totals, totalsWith, currency, onApply }: FormProps) {
  const t = useTranslations('till.discount');
  const [scope, setScope] = useState<'line' | 'all'>(line ? 'line' : 'all');
  const [percent, setPercent] = useState<number | null>(line ? Number(line.percent) : 0);
  const [refused, setRefused] = useState(false);
  const code = scope === 'line' && line ? line.code : null;
  const take = (next: number | null, wrong = false) => {
    setPercent(next);
    setRefused(wrong);
  };
  const { isRight, errorAt, summary } = useFormCheck({ percent: refused ? t('wrong') : null });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (isRight()) onApply(code, String(percent ?? 0));
  };
  return (
    <form id={id} noValidate onSubmit={submit} className="space-y-4">
      <FormErrorSummary {...summary} />
      {line && (
        <SegmentedControl
          label={t('scope')}
          hideLabel={false}
          options={[
            { value: 'line', label: t('line', { code: line.code }) },
            { value: 'all', label: t('all') },
          ]}
          value={scope}
          onChange={setScope}
        />
      )}
      <NumberField
        label={t('percent')}
        name="percent"
        error={errorAt('percent')}
        value={percent}
        onChange={take}
        min={0}
        max={100}
        decimals={3}
        unit="%"
        steppers={false}
        autoFocus
      />
      <div className="flex flex-wrap gap-1.5">
        {[0, 5, 10, 15, 20, 50].map((value) => (
          <Button key={value} onPress={() => take(value)}>
            {value} %
          </Button>
        ))}
      </div>
      <NewTotal before={totals} after={refused ? null : totalsWith(code, String(percent ?? 0))} currency={currency} />
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
    </form>
  );
}

/** What the order comes to with the discount; nothing while the percentage cannot be read. */
function NewTotal({ before, after, currency }: { before: CartTotals; after: CartTotals | null; currency: string }) {
  const t = useTranslations('till.discount');
  const rows = [
    { label: t('totalNow'), minor: before.net },
    { label: t('discountThen'), minor: after && 0n - after.discount },
  ];
  return (
    <div className="space-y-2 border-t pt-3">
      <dl className="space-y-1">
        {rows.map(({ label, minor }) => (
          <div key={label} className="flex items-baseline justify-between">
            <dt className="text-ink-2">{label}</dt>
            <dd className="tabular">{minor === null ? '–' : <Money minor={minor} currency={currency} />}</dd>
          </div>
        ))}
      </dl>
      <p className="flex items-baseline justify-between">
        <span className="font-semibold">{t('totalThen')}</span>
        <output aria-live="polite" className="tabular text-lg font-bold" data-testid="new-total">
          {after ? <Money minor={after.net} currency={currency} /> : '–'}
        </output>
      </p>
      {after && after.net === 0n && after.list > 0n && (
        <Callout tone="notice" title={t('freeTitle')} announce>
          {t('freeText')}
        </Callout>
      )}
    </div>
  );
}

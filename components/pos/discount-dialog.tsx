'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { NumberField } from '@/components/ui/number-field';
import { SegmentedControl } from '@/components/ui/radio-group';

type Props = {
  open: boolean;
  /** The chosen line: its code, name and discount. */
  line: { code: string; name: string; percent: string } | null;
  onClose: () => void;
  onApply: (code: string | null, percent: string) => void;
};

/** A discount in percent for the chosen line or the whole cart. Who may give how much is the server's to say. */
export function DiscountDialog({ open, line, onClose, onApply }: Props) {
  const t = useTranslations('pos.discount');
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
      {open && <DiscountForm key={line?.code ?? ''} id={formId} line={line} onApply={onApply} />}
    </Dialog>
  );
}

function DiscountForm({ id, line, onApply }: { id: string; line: Props['line']; onApply: Props['onApply'] }) {
  const t = useTranslations('pos.discount');
  const [scope, setScope] = useState<'line' | 'all'>(line ? 'line' : 'all');
  const [percent, setPercent] = useState<number | null>(line ? Number(line.percent) : 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const kept = Math.min(Math.max(percent ?? 0, 0), 100);
    onApply(scope === 'line' && line ? line.code : null, String(Math.round(kept * 1000) / 1000));
  };
  return (
    <form id={id} onSubmit={submit} className="space-y-4">
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
        value={percent}
        onChange={setPercent}
        min={0}
        max={100}
        step={0.001}
        format={{ maximumFractionDigits: 3 }}
        steppers={false}
        autoFocus
      />
      <div className="flex flex-wrap gap-1.5">
        {[0, 5, 10, 15, 20, 50].map((value) => (
          <Button key={value} onPress={() => setPercent(value)}>
            {value} %
          </Button>
        ))}
      </div>
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
    </form>
  );
}

'use client';

import { clsx } from 'clsx';
import { Minus, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { NumberField as AriaNumberField, Button, Group, Input } from 'react-aria-components/NumberField';
import { FieldLabel, FieldNotes, type FieldProps, fieldStack } from './field';
import { ariaField } from './text-field';

export interface NumberFieldProps extends FieldProps {
  value?: number | null;
  defaultValue?: number;
  /** null when the box is empty. */
  onChange?: (value: number | null) => void;
  min?: number;
  max?: number;
  step?: number;
  format?: Intl.NumberFormatOptions;
  /** Buttons at either side; off where figures are only typed. */
  steppers?: boolean;
}

const stepper =
  'grid w-(--control-h) shrink-0 place-items-center text-ink-2 not-disabled:hover:bg-hover not-disabled:hover:text-ink disabled:opacity-40';

/** Counts and percentages. Money has a field of its own, since it is never a floating number. */
export function NumberField(props: NumberFieldProps) {
  const t = useTranslations('ui.number');
  const { label, hideLabel, help, error, required, className, value, onChange, min, max, step, format } = props;
  const steppers = props.steppers ?? true;
  return (
    <AriaNumberField
      {...ariaField(props)}
      value={value === undefined ? undefined : (value ?? Number.NaN)}
      defaultValue={props.defaultValue}
      onChange={onChange && ((next: number) => onChange(Number.isNaN(next) ? null : next))}
      minValue={min}
      maxValue={max}
      step={step}
      formatOptions={format}
      incrementAriaLabel={t('more', { label })}
      decrementAriaLabel={t('less', { label })}
      className={clsx(fieldStack, className)}
    >
      <FieldLabel label={label} hidden={hideLabel} required={required} />
      <Group className="flex h-(--control-h) overflow-hidden rounded-md border border-line-control bg-surface hover:border-ink-3 data-disabled:border-line data-disabled:bg-sunken data-focus-within:border-accent data-focus-within:outline-2 data-focus-within:-outline-offset-1 data-focus-within:outline-accent data-invalid:border-wrong">
        {steppers && (
          <Button slot="decrement" className={clsx(stepper, 'border-r')}>
            <Minus aria-hidden="true" className="size-4" />
          </Button>
        )}
        <Input
          className={clsx(
            'tabular min-w-0 flex-1 bg-transparent px-(--control-px) text-control text-ink outline-none disabled:text-ink-3',
            steppers ? 'text-center' : 'text-right',
          )}
        />
        {steppers && (
          <Button slot="increment" className={clsx(stepper, 'border-l')}>
            <Plus aria-hidden="true" className="size-4" />
          </Button>
        )}
      </Group>
      <FieldNotes help={help} error={error} />
    </AriaNumberField>
  );
}

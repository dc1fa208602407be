'use client';

import { clsx } from 'clsx';
import { Minus, Plus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type KeyboardEvent, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { TextField as AriaTextField, Input } from 'react-aria-components/TextField';
import { FieldLabel, FieldNotes, type FieldProps, fieldStack } from './field';
import { ariaField } from './text-field';
import { type NumberLimits, numberText, readTyped, stepped, type TypedNumber } from './typed-number';

export interface NumberFieldProps extends FieldProps, NumberLimits {
  value?: number | null;
  defaultValue?: number;
  /** null when the box is empty or cannot be read; `refused` says that it cannot, so nothing may be done with the form. */
  onChange?: (value: number | null, refused: boolean) => void;
  step?: number;
  /** Stands behind the figure. */
  unit?: '%';
  /** Buttons at either side; off where figures are only typed. */
  steppers?: boolean;
}

const stepper =
  'grid w-(--control-h) shrink-0 place-items-center text-ink-2 not-disabled:hover:bg-hover not-disabled:hover:text-ink disabled:opacity-40';

/** Keeps what is typed apart from the value: what cannot be read stays in the box until it is put right. */
function useTypedNumber(props: NumberFieldProps) {
  const { value, defaultValue, onChange, min, max, decimals, step = 1 } = props;
  const locale = useLocale();
  const limits = { min, max, decimals };
  const first = value === undefined ? (defaultValue ?? null) : value;
  const [typed, setTyped] = useState<TypedNumber>({ text: numberText(first, locale), value: first, problem: null });
  const isTyped = value === undefined || value === typed.value;
  const shown: TypedNumber = isTyped ? typed : { text: numberText(value, locale), value, problem: null };
  const take = (next: TypedNumber) => {
    setTyped(next);
    onChange?.(next.value, next.problem !== null);
  };
  const set = (next: number) => take({ text: numberText(next, locale), value: next, problem: null });
  return {
    shown,
    settled: numberText(shown.value, locale),
    type: (raw: string) => take(readTyped(raw, limits)),
    stepBy: (by: 1 | -1) => set(stepped(shown.value, by * step, limits)),
    settle: () => shown.problem === null && setTyped({ ...shown, text: numberText(shown.value, locale) }),
  };
}

function Stepper({
  by,
  label,
  onPress,
  disabled,
}: {
  by: 1 | -1;
  label: string;
  onPress: () => void;
  disabled: boolean;
}) {
  const Icon = by > 0 ? Plus : Minus;
  return (
    <Button
      aria-label={label}
      excludeFromTabOrder
      isDisabled={disabled}
      onPress={onPress}
      className={clsx(stepper, by > 0 ? 'border-l' : 'border-r')}
    >
      <Icon aria-hidden="true" className="size-4" />
    </Button>
  );
}

/**
 * Counts and percentages, read by the one rule of numbers: a point and a comma mean the same in both languages, what was understood
 * is shown back where it was written otherwise, and what is beyond the limits or can be read two ways is refused. Money has a field
 * of its own, since it is never a floating number.
 */
export function NumberField(props: NumberFieldProps) {
  const t = useTranslations('ui.number');
  const { label, hideLabel, help, error, required, className, min, max, decimals = 0, unit, disabled } = props;
  const steppers = props.steppers ?? true;
  const locale = useLocale();
  const { shown, settled, type, stepBy, settle } = useTypedNumber(props);
  const params = {
    decimals,
    most: max === undefined ? 'none' : numberText(max, locale),
    least: numberText(min ?? 0, locale),
  };
  const wrong = shown.problem === null ? error : t(`problems.${shown.problem}`, params);
  const understood =
    shown.value !== null && shown.text !== settled
      ? t('understood', { value: unit ? `${settled} ${unit}` : settled })
      : null;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    stepBy(event.key === 'ArrowUp' ? 1 : -1);
  };
  return (
    <AriaTextField
      {...ariaField({ ...props, error: wrong })}
      value={shown.text}
      onChange={type}
      onBlur={settle}
      inputMode={decimals > 0 ? 'decimal' : 'numeric'}
      autoComplete="off"
      className={clsx(fieldStack, className)}
    >
      <FieldLabel label={label} hidden={hideLabel} required={required} />
      <div
        className={clsx(
          'relative flex h-(--control-h) overflow-hidden rounded-md border bg-surface hover:border-ink-3',
          'focus-within:border-accent focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent',
          wrong ? 'border-wrong focus-within:outline-wrong' : 'border-line-control',
          disabled && 'border-line bg-sunken',
        )}
      >
        {steppers && (
          <Stepper by={-1} label={t('less', { label })} onPress={() => stepBy(-1)} disabled={Boolean(disabled)} />
        )}
        <Input
          onKeyDown={onKeyDown}
          // What is typed takes the place of what stands there, also for who came by the keyboard.
          onFocus={(event) => event.currentTarget.select()}
          className={clsx(
            'tabular min-w-0 flex-1 bg-transparent px-(--control-px) text-control text-ink outline-none disabled:text-ink-3',
            steppers ? 'text-center' : 'text-right',
            unit && 'pr-8',
          )}
        />
        {unit && (
          <span className="pointer-events-none absolute inset-y-0 right-(--control-px) flex items-center text-control text-ink-3">
            {unit}
          </span>
        )}
        {steppers && (
          <Stepper by={1} label={t('more', { label })} onPress={() => stepBy(1)} disabled={Boolean(disabled)} />
        )}
      </div>
      <FieldNotes help={understood ?? help ?? (decimals > 0 ? t('rule') : undefined)} error={wrong} />
    </AriaTextField>
  );
}

'use client';

import { clsx } from 'clsx';
import { useLocale, useTranslations } from 'next-intl';
import { type ChangeEvent, type KeyboardEvent, type Ref, useLayoutEffect, useRef, useState } from 'react';
import { TextField as AriaTextField, Input } from 'react-aria-components/TextField';
import type { NumberProblem } from '@/server/domain/number';
import { controlBox } from './control-styles';
import { FieldLabel, FieldNotes, type FieldProps, fieldStack } from './field';
import { amountText, currencySign, minorDigits, moneyText, separators } from './money-text';
import { ariaField } from './text-field';
import { typeMoney } from './typed-money';

export interface MoneyFieldProps extends FieldProps {
  /** Minor units; null when empty. */
  value: bigint | null;
  /** `refused`: what stands in the box cannot be read, so there is no value and nothing may be done with the form. */
  onChange: (value: bigint | null, refused: boolean) => void;
  currency?: string;
  allowNegative?: boolean;
  onBlur?: () => void;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  inputRef?: Ref<HTMLInputElement>;
  placeholder?: string;
  /** Large figures, for the tender at the till. */
  size?: 'regular' | 'large';
}

type Typed = { text: string; minor: bigint | null; problem: NumberProblem | null };

const isAtOnce = (event: ChangeEvent<HTMLInputElement>) =>
  event.nativeEvent instanceof InputEvent && /^insert(From|Replacement)/.test(event.nativeEvent.inputType);

/** Keeps what is typed apart from the value, so that a fraction just begun ("12,") is not swallowed. */
function useTypedMoney({ value, onChange, currency = 'VND', allowNegative }: MoneyFieldProps) {
  const locale = useLocale();
  const box = useRef<HTMLInputElement | null>(null);
  const caret = useRef<number | null>(null);
  const [typed, setTyped] = useState<Typed>({ text: '', minor: null, problem: null });
  const outside: Typed = {
    text: value === null ? '' : amountText(value, currency, locale),
    minor: value,
    problem: null,
  };
  const shown = typed.minor === value ? typed : outside;

  useLayoutEffect(() => {
    if (caret.current === null || document.activeElement !== box.current) return;
    box.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  const read = (event: ChangeEvent<HTMLInputElement>) => {
    const at = event.target.selectionStart ?? event.target.value.length;
    const options = { currency, locale, allowNegative, atOnce: isAtOnce(event) };
    const next = typeMoney(shown.text, event.target.value, at, options);
    caret.current = next.caret;
    setTyped(next);
    onChange(next.minor, next.problem !== null);
  };
  /** Delete before a group sign takes the digit behind it. */
  const stepOverGroup = (event: KeyboardEvent<HTMLInputElement>) => {
    const { selectionStart, selectionEnd, value: there } = event.currentTarget;
    if (event.key !== 'Delete' || selectionStart === null || selectionStart !== selectionEnd) return;
    if (there.charAt(selectionStart) !== separators(locale).group) return;
    event.currentTarget.setSelectionRange(selectionStart + 1, selectionStart + 1);
  };
  const settle = () => shown.problem === null && setTyped(outside);
  return { shown, outside, box, read, stepOverGroup, settle, locale };
}

/**
 * Money in and out as bigint minor units, grouped while it is typed; "450k" is 450 000. What is written otherwise is read by the one
 * rule of numbers and shown back as it was understood; what can be read two ways is refused.
 */
export function MoneyField(props: MoneyFieldProps) {
  const { label, hideLabel, help, error, required, className, inputRef, onBlur, onKeyDown, placeholder } = props;
  const { currency = 'VND' } = props;
  const t = useTranslations('ui.number');
  const { shown, outside, box, read, stepOverGroup, settle, locale } = useTypedMoney(props);
  const large = props.size === 'large';
  const wrong =
    shown.problem === null
      ? error
      : t(`problems.${shown.problem}`, { decimals: minorDigits(currency), most: 'none', least: '0' });
  const understood =
    shown.minor !== null && shown.text !== outside.text
      ? t('understood', { value: moneyText(shown.minor, currency, locale) })
      : null;
  return (
    <AriaTextField
      {...ariaField({ ...props, error: wrong })}
      value={shown.text}
      className={clsx(fieldStack, className)}
    >
      <FieldLabel label={label} hidden={hideLabel} required={required} />
      <div className="relative">
        <Input
          ref={(element) => {
            box.current = element;
            if (typeof inputRef === 'function') inputRef(element);
            else if (inputRef) inputRef.current = element;
          }}
          inputMode="decimal"
          autoComplete="off"
          placeholder={placeholder}
          onChange={read}
          onKeyDown={(event) => {
            stepOverGroup(event);
            onKeyDown?.(event);
          }}
          onBlur={() => {
            settle();
            onBlur?.();
          }}
          className={clsx(controlBox, 'tabular pr-8 text-right', large && 'h-14 pr-10 text-xl font-semibold')}
        />
        <span
          className={clsx(
            'pointer-events-none absolute inset-y-0 right-(--control-px) flex items-center text-ink-3',
            large ? 'text-lg' : 'text-control',
          )}
        >
          {currencySign(currency, locale)}
        </span>
      </div>
      <FieldNotes help={understood ?? help} error={wrong} />
    </AriaTextField>
  );
}

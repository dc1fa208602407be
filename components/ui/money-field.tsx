'use client';

import { clsx } from 'clsx';
import { useLocale } from 'next-intl';
import { type ChangeEvent, type KeyboardEvent, type Ref, useLayoutEffect, useRef, useState } from 'react';
import { TextField as AriaTextField, Input } from 'react-aria-components/TextField';
import { controlBox } from './control-styles';
import { FieldLabel, FieldNotes, type FieldProps, fieldStack } from './field';
import { amountText, currencySign, regroupMoney, separators } from './money-text';
import { ariaField } from './text-field';

export interface MoneyFieldProps extends FieldProps {
  /** Minor units; null when empty. */
  value: bigint | null;
  onChange: (value: bigint | null) => void;
  currency?: string;
  allowNegative?: boolean;
  onBlur?: () => void;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  inputRef?: Ref<HTMLInputElement>;
  placeholder?: string;
  /** Large figures, for the tender at the till. */
  size?: 'regular' | 'large';
}

/** Keeps what is typed apart from the value, so that a fraction just begun ("12,") is not swallowed. */
function useTypedMoney({ value, onChange, currency = 'VND', allowNegative }: MoneyFieldProps) {
  const locale = useLocale();
  const box = useRef<HTMLInputElement | null>(null);
  const caret = useRef<number | null>(null);
  const [typed, setTyped] = useState<{ text: string; minor: bigint | null }>({ text: '', minor: null });
  const text = typed.minor === value ? typed.text : value === null ? '' : amountText(value, currency, locale);

  useLayoutEffect(() => {
    if (caret.current === null || document.activeElement !== box.current) return;
    box.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  const read = (event: ChangeEvent<HTMLInputElement>) => {
    const at = event.target.selectionStart ?? event.target.value.length;
    const next = regroupMoney(event.target.value, at, { currency, locale, allowNegative });
    caret.current = next.caret;
    setTyped({ text: next.text, minor: next.minor });
    onChange(next.minor);
  };
  /** Delete before a group sign takes the digit behind it. */
  const stepOverGroup = (event: KeyboardEvent<HTMLInputElement>) => {
    const { selectionStart, selectionEnd, value: shown } = event.currentTarget;
    if (event.key !== 'Delete' || selectionStart === null || selectionStart !== selectionEnd) return;
    if (shown.charAt(selectionStart) !== separators(locale).group) return;
    event.currentTarget.setSelectionRange(selectionStart + 1, selectionStart + 1);
  };
  const settle = () => setTyped({ text: value === null ? '' : amountText(value, currency, locale), minor: value });
  return { text, box, read, stepOverGroup, settle, sign: currencySign(currency, locale) };
}

/** Money in and out as bigint minor units, grouped while it is typed; "450k" is 450 000. */
export function MoneyField(props: MoneyFieldProps) {
  const { label, hideLabel, help, error, required, className, inputRef, onBlur, onKeyDown, placeholder } = props;
  const { text, box, read, stepOverGroup, settle, sign } = useTypedMoney(props);
  const large = props.size === 'large';
  return (
    <AriaTextField {...ariaField(props)} value={text} className={clsx(fieldStack, className)}>
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
          {sign}
        </span>
      </div>
      <FieldNotes help={help} error={error} />
    </AriaTextField>
  );
}

'use client';

import { useEffect, useId, useRef, useState } from 'react';
import { AlertIcon } from './plain-icon';

export interface OtpFieldProps {
  value: string;
  onChange: (code: string) => void;
  /** All digits are there, typed, pasted or filled in by the phone. */
  onComplete?: (code: string) => void;
  length?: number;
  label: string;
  error?: string;
  disabled?: boolean;
  autoFocus?: boolean;
  name?: string;
  /** What a whole code is: the browser says it, and sends none that is not, for each costs one of few tries. */
  whole?: string;
}

/**
 * Six boxes to look at, one real input over them: so a paste, the phone's own autofill and a screen reader all meet a
 * plain field. Anything but digits is dropped, so a code pasted with its sentence works.
 */
export function OtpField(props: OtpFieldProps) {
  const { value, onChange, onComplete, length = 6, error, disabled, name = 'code' } = props;
  const [focused, setFocused] = useState(false);
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (props.autoFocus) box.current?.focus();
  }, [props.autoFocus]);
  const at = Math.min(value.length, length - 1);
  const lookOf = (index: number) => {
    const edge = focused && index === at ? 'border-accent outline-2 -outline-offset-1 outline-accent' : '';
    return `${error ? 'border-wrong' : 'border-line-control'} ${edge} ${disabled ? 'bg-sunken text-ink-3' : 'bg-surface'}`;
  };
  const read = (raw: string) => {
    const code = raw.replace(/\D/g, '').slice(0, length);
    onChange(code);
    if (code.length === length && code !== value) onComplete?.(code);
  };
  return (
    <div className="flex flex-col gap-2">
      <label htmlFor={id} className="text-sm font-medium text-ink-2">
        {props.label}
      </label>
      <div className="relative w-full max-w-96">
        <div
          aria-hidden="true"
          className="grid gap-2"
          style={{ gridTemplateColumns: `repeat(${length}, minmax(0, 1fr))` }}
        >
          {Array.from({ length }, (_, index) => index).map((index) => (
            <span
              key={index}
              className={`tabular grid h-14 place-items-center rounded-lg border text-xl font-semibold ${lookOf(index)}`}
            >
              {value.charAt(index)}
            </span>
          ))}
        </div>
        <input
          id={id}
          name={name}
          value={value}
          disabled={disabled}
          ref={box}
          type="text"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern={`[0-9]{${length}}`}
          required
          title={props.whole}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          onChange={(event) => read(event.target.value)}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          className="absolute inset-0 h-full w-full cursor-text bg-transparent text-base text-transparent caret-transparent outline-none selection:bg-transparent selection:text-transparent"
        />
      </div>
      {error && (
        <p id={`${id}-error`} role="alert" className="flex items-start gap-1 text-sm text-wrong">
          <AlertIcon className="mt-0.5 size-4" />
          {error}
        </p>
      )}
    </div>
  );
}

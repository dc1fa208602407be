'use client';

import { clsx } from 'clsx';
import { CalendarDays } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type Ref, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components/Popover';
import { TextField as AriaTextField, Input } from 'react-aria-components/TextField';
import { controlBox, floatingBox } from './control-styles';
import { dayText, parseDay, regroupDay } from './day-text';
import { FieldLabel, FieldNotes, type FieldProps, fieldStack } from './field';
import { later } from './later';
import { ariaField } from './text-field';

export interface DateFieldProps extends FieldProps {
  /** ISO day "YYYY-MM-DD", or null. */
  value: string | null;
  onChange: (value: string | null) => void;
  /** ISO days, both inclusive. */
  min?: string;
  max?: string;
  onBlur?: () => void;
  inputRef?: Ref<HTMLInputElement>;
  /** Off for birthdays, where a calendar is slower than eight digits. */
  calendar?: boolean;
}

const DayCalendar = later(() => import('./day-calendar').then((module) => module.DayCalendar));

/** As large as a month, so that nothing moves when it comes. */
const monthPlace = <div className="h-74 w-76" />;

function useTypedDay({ value, onChange, min, max }: DateFieldProps) {
  const t = useTranslations('ui.date');
  const [typed, setTyped] = useState<{ text: string; iso: string | null }>({ text: '', iso: null });
  const [left, setLeft] = useState(false);
  const text = typed.iso === value && typed.text !== '' ? typed.text : value ? dayText(value) : '';

  const read = (raw: string) => {
    const shrinking = raw.length < text.length;
    const next = shrinking ? raw : regroupDay(raw);
    const iso = parseDay(next);
    setTyped({ text: next, iso });
    setLeft(false);
    if (iso !== value) onChange(iso);
  };
  const leave = () => {
    const iso = parseDay(text);
    if (iso) setTyped({ text: dayText(iso), iso });
    setLeft(true);
  };
  const problem = () => {
    if (!left || text === '') return undefined;
    if (value === null) return t('invalid');
    if (min && value < min) return t('tooEarly', { day: dayText(min) });
    if (max && value > max) return t('tooLate', { day: dayText(max) });
    return undefined;
  };
  const pick = (iso: string) => {
    setTyped({ text: dayText(iso), iso });
    onChange(iso);
  };
  return { text, read, leave, pick, problem: problem() };
}

/** A day typed as DD/MM/YYYY (slashes come by themselves, eight digits are enough) or picked from a calendar. */
export function DateField(props: DateFieldProps) {
  const t = useTranslations('ui.date');
  const { label, hideLabel, help, required, disabled, readOnly, className, value, onBlur, inputRef } = props;
  const { text, read, leave, pick, problem } = useTypedDay(props);
  const [open, setOpen] = useState(false);
  const error = props.error ?? problem;
  const calendar = (props.calendar ?? true) && !disabled && !readOnly;
  return (
    <AriaTextField
      {...ariaField(props)}
      isInvalid={Boolean(error)}
      value={text}
      onChange={read}
      onBlur={() => {
        leave();
        onBlur?.();
      }}
      className={clsx(fieldStack, className)}
    >
      <FieldLabel label={label} hidden={hideLabel} required={required} />
      <div className="relative">
        <Input
          ref={inputRef}
          inputMode="numeric"
          autoComplete="off"
          placeholder={t('placeholder')}
          className={clsx(controlBox, 'tabular', calendar && 'pr-10')}
        />
        {calendar && (
          <DialogTrigger isOpen={open} onOpenChange={setOpen}>
            <Button
              aria-label={t('openCalendar', { label })}
              onHoverStart={DayCalendar.preload}
              onFocus={DayCalendar.preload}
              className="absolute inset-y-0 right-1 my-1 grid aspect-square place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
            >
              <CalendarDays aria-hidden="true" className="size-4" />
            </Button>
            <Popover className={floatingBox} placement="bottom end">
              <Dialog aria-label={label} className="p-3 outline-none">
                <DayCalendar
                  value={value}
                  min={props.min}
                  max={props.max}
                  fallback={monthPlace}
                  onPick={(day) => {
                    pick(day);
                    setOpen(false);
                  }}
                />
              </Dialog>
            </Popover>
          </DialogTrigger>
        )}
      </div>
      <FieldNotes help={help} error={error} />
    </AriaTextField>
  );
}

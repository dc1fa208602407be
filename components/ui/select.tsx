'use client';

import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Select as AriaSelect, Button, ListBox, Popover, SelectValue } from 'react-aria-components/Select';
import { controlBox, floatingBox } from './control-styles';
import { FieldLabel, FieldNotes, type FieldProps, fieldStack } from './field';
import type { Option } from './option';
import { OptionRow } from './option-row';
import { ariaField } from './text-field';

export interface SelectProps<V extends string = string> extends FieldProps {
  options: readonly Option<V>[];
  value: V | null;
  onChange: (value: V) => void;
  placeholder?: string;
  onBlur?: () => void;
}

/** One of a short list. Beyond some fifteen choices take ComboBox, which searches. */
export function Select<V extends string>(props: SelectProps<V>) {
  const t = useTranslations('ui.select');
  const { label, hideLabel, help, error, required, className, options, value, onChange, placeholder, onBlur } = props;
  return (
    <AriaSelect
      {...ariaField(props)}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen) onChange(chosen.value);
      }}
      onBlur={onBlur && (() => onBlur())}
      placeholder={placeholder ?? t('placeholder')}
      className={clsx(fieldStack, 'group', className)}
    >
      <FieldLabel label={label} hidden={hideLabel} required={required} />
      <Button
        {...{ 'data-field': props.name }}
        className={clsx(controlBox, 'flex items-center gap-2 text-left group-data-invalid:border-wrong')}
      >
        <SelectValue className="min-w-0 flex-1 truncate data-placeholder:text-ink-3">
          {({ isPlaceholder, selectedText, defaultChildren }) =>
            isPlaceholder ? defaultChildren : <span title={selectedText}>{selectedText}</span>
          }
        </SelectValue>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
      </Button>
      <FieldNotes help={help} error={error} />
      <Popover className={clsx(floatingBox, 'min-w-(--trigger-width) max-w-[calc(100vw-2rem)]')}>
        <ListBox items={options} className="max-h-80 overflow-auto p-1 outline-none">
          {(option) => <OptionRow option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

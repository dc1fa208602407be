'use client';

import { clsx } from 'clsx';
import { RadioGroup as AriaRadioGroup, Radio } from 'react-aria-components/RadioGroup';
import { FieldLabel, FieldNotes, type FieldProps, fieldStack } from './field';
import type { Option } from './option';
import { ariaField } from './text-field';

export interface RadioGroupProps<V extends string = string> extends FieldProps {
  options: readonly Option<V>[];
  value: V | null;
  onChange: (value: V) => void;
  direction?: 'row' | 'column';
}

function chooser<V extends string>(options: readonly Option<V>[], onChange: (value: V) => void) {
  return (value: string) => {
    const chosen = options.find((option) => option.value === value);
    if (chosen) onChange(chosen.value);
  };
}

function groupField(props: FieldProps) {
  const { autoFocus: _, ...rest } = ariaField(props);
  return rest;
}

export function RadioGroup<V extends string>(props: RadioGroupProps<V>) {
  const { label, hideLabel, help, error, required, className, options, value, onChange, direction = 'column' } = props;
  return (
    <AriaRadioGroup
      {...groupField(props)}
      value={value}
      onChange={chooser(options, onChange)}
      orientation={direction === 'row' ? 'horizontal' : 'vertical'}
      className={clsx(fieldStack, className)}
    >
      <FieldLabel label={label} hidden={hideLabel} required={required} />
      <div className={clsx('flex gap-x-4 gap-y-2', direction === 'column' ? 'flex-col' : 'flex-wrap')}>
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            isDisabled={option.disabled}
            className="group flex items-start gap-2 text-control outline-none data-disabled:text-ink-3"
          >
            <span className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-control bg-surface group-data-focus-visible:focus-ring group-data-hovered:border-ink-3 group-data-invalid:border-wrong group-data-selected:border-accent group-data-selected:bg-accent group-data-disabled:opacity-50">
              <span className="size-1.5 rounded-full bg-on-accent opacity-0 group-data-selected:opacity-100" />
            </span>
            <span>
              {option.label}
              {option.description && <span className="block text-xs text-ink-3">{option.description}</span>}
            </span>
          </Radio>
        ))}
      </div>
      <FieldNotes help={help} error={error} />
    </AriaRadioGroup>
  );
}

export interface SegmentedControlProps<V extends string = string> {
  label: string;
  hideLabel?: boolean;
  options: readonly Option<V>[];
  value: V;
  onChange: (value: V) => void;
  size?: 'regular' | 'small';
  /** Shows the icons alone; labels are still read aloud. */
  iconsOnly?: boolean;
  className?: string;
}

/** Two to five choices side by side: one of them always holds. */
export function SegmentedControl<V extends string>(props: SegmentedControlProps<V>) {
  const { label, hideLabel = true, options, value, onChange, size = 'regular', iconsOnly, className } = props;
  return (
    <AriaRadioGroup
      value={value}
      onChange={chooser(options, onChange)}
      orientation="horizontal"
      className={clsx(fieldStack, 'items-start', className)}
    >
      <FieldLabel label={label} hidden={hideLabel} />
      <div className="inline-flex flex-wrap gap-0.5 rounded-md border bg-sunken p-0.5">
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            isDisabled={option.disabled}
            aria-label={iconsOnly ? option.label : undefined}
            className={clsx(
              'flex items-center gap-1.5 rounded-[4px] border border-transparent font-medium whitespace-nowrap text-ink-2',
              'data-hovered:text-ink data-selected:border-line data-selected:bg-surface data-selected:text-ink data-disabled:text-ink-3',
              size === 'small' ? 'h-[calc(var(--control-h-sm)-2px)] text-xs' : 'h-[calc(var(--control-h)-6px)] text-sm',
              iconsOnly ? 'px-2' : size === 'small' ? 'px-2.5' : 'px-3',
            )}
          >
            {option.icon}
            {!iconsOnly && option.label}
          </Radio>
        ))}
      </div>
    </AriaRadioGroup>
  );
}

'use client';

import { clsx } from 'clsx';
import type { HTMLInputAutoCompleteAttribute, HTMLInputTypeAttribute, KeyboardEvent, ReactNode, Ref } from 'react';
import { TextArea as AriaTextArea, TextField as AriaTextField, Input } from 'react-aria-components/TextField';
import { controlBox } from './control-styles';
import { FieldLabel, FieldNotes, type FieldProps, fieldStack } from './field';

export interface TextFieldProps extends FieldProps {
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  onBlur?: () => void;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  placeholder?: string;
  type?: HTMLInputTypeAttribute;
  autoComplete?: HTMLInputAutoCompleteAttribute;
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'url' | 'search' | 'none';
  maxLength?: number;
  /** Short text or icon inside the box, before or after what is typed. */
  prefix?: ReactNode;
  suffix?: ReactNode;
  inputRef?: Ref<HTMLInputElement>;
  inputClassName?: string;
}

export function ariaField(props: FieldProps) {
  const { id, name, required, disabled, readOnly, error, autoFocus } = props;
  return {
    id,
    name,
    isRequired: required,
    isDisabled: disabled,
    isReadOnly: readOnly,
    isInvalid: Boolean(error),
    autoFocus,
    validationBehavior: 'aria' as const,
  };
}

function Affix({ side, children }: { side: 'start' | 'end'; children: ReactNode }) {
  const edge = side === 'start' ? 'left-(--control-px)' : 'right-(--control-px)';
  return (
    <span className={clsx('pointer-events-none absolute inset-y-0 flex items-center text-control text-ink-3', edge)}>
      {children}
    </span>
  );
}

export function TextField(props: TextFieldProps) {
  const { label, hideLabel, help, error, required, className, prefix, suffix, inputRef, inputClassName } = props;
  const { value, defaultValue, onChange, onBlur, onKeyDown, type, autoComplete, inputMode, maxLength } = props;
  return (
    <AriaTextField
      {...ariaField(props)}
      value={value}
      defaultValue={defaultValue}
      onChange={onChange}
      onBlur={onBlur && (() => onBlur())}
      type={type}
      autoComplete={autoComplete}
      inputMode={inputMode}
      maxLength={maxLength}
      className={clsx(fieldStack, className)}
    >
      <FieldLabel label={label} hidden={hideLabel} required={required} />
      <div className="relative">
        {prefix && <Affix side="start">{prefix}</Affix>}
        <Input
          ref={inputRef}
          onKeyDown={onKeyDown}
          placeholder={props.placeholder}
          className={clsx(controlBox, prefix && 'pl-9', suffix && 'pr-9', inputClassName)}
        />
        {suffix && <Affix side="end">{suffix}</Affix>}
      </div>
      <FieldNotes help={help} error={error} />
    </AriaTextField>
  );
}

export interface TextAreaProps extends FieldProps {
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  rows?: number;
  maxLength?: number;
  inputRef?: Ref<HTMLTextAreaElement>;
}

export function TextArea(props: TextAreaProps) {
  const { label, hideLabel, help, error, required, className, rows = 3, inputRef, maxLength } = props;
  const { value, defaultValue, onChange, onBlur } = props;
  return (
    <AriaTextField
      {...ariaField(props)}
      value={value}
      defaultValue={defaultValue}
      onChange={onChange}
      onBlur={onBlur && (() => onBlur())}
      maxLength={maxLength}
      className={clsx(fieldStack, className)}
    >
      <FieldLabel label={label} hidden={hideLabel} required={required} />
      <AriaTextArea
        ref={inputRef}
        rows={rows}
        placeholder={props.placeholder}
        className={clsx(controlBox, 'h-auto min-h-(--control-h) resize-y py-2')}
      />
      <FieldNotes help={help} error={error} />
    </AriaTextField>
  );
}

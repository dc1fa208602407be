'use client';

import { clsx } from 'clsx';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox';
import { Switch as AriaSwitch } from 'react-aria-components/Switch';

export interface CheckboxProps {
  children?: ReactNode;
  checked?: boolean;
  defaultChecked?: boolean;
  onChange?: (checked: boolean) => void;
  /** Some of a group. */
  mixed?: boolean;
  disabled?: boolean;
  invalid?: boolean;
  help?: ReactNode;
  name?: string;
  value?: string;
  'aria-label'?: string;
  /** Takes the box out of the tab order, inside grids that move by arrow keys. */
  excludeFromTabOrder?: boolean;
  className?: string;
}

const box =
  'grid size-4 shrink-0 place-items-center rounded-[4px] border border-line-control bg-surface text-on-accent group-data-focus-visible:focus-ring group-data-hovered:border-ink-3 group-data-indeterminate:border-accent group-data-indeterminate:bg-accent group-data-invalid:border-wrong group-data-selected:border-accent group-data-selected:bg-accent group-data-disabled:opacity-50';

export function Checkbox(props: CheckboxProps) {
  const { children, checked, defaultChecked, onChange, mixed, disabled, invalid, help, className, ...rest } = props;
  return (
    <AriaCheckbox
      {...rest}
      isSelected={checked}
      defaultSelected={defaultChecked}
      onChange={onChange}
      isIndeterminate={mixed}
      isDisabled={disabled}
      isInvalid={invalid}
      validationBehavior="aria"
      className={clsx(
        'group inline-flex items-start gap-2 text-control outline-none data-disabled:text-ink-3',
        className,
      )}
    >
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className={clsx(box, children && 'mt-0.5')}>
            {isIndeterminate ? (
              <Minus aria-hidden="true" strokeWidth={3} className="size-3" />
            ) : isSelected ? (
              <Check aria-hidden="true" strokeWidth={3} className="size-3" />
            ) : null}
          </span>
          {children && (
            <span className="min-w-0">
              {children}
              {help && <span className="block text-xs text-ink-3">{help}</span>}
            </span>
          )}
        </>
      )}
    </AriaCheckbox>
  );
}

export interface SwitchProps {
  children: ReactNode;
  checked?: boolean;
  defaultChecked?: boolean;
  onChange?: (checked: boolean) => void;
  disabled?: boolean;
  help?: ReactNode;
  name?: string;
  className?: string;
}

/** A setting that holds at once; for a choice that is sent with a form take Checkbox. */
export function Switch(props: SwitchProps) {
  const { children, checked, defaultChecked, onChange, disabled, help, name, className } = props;
  return (
    <AriaSwitch
      name={name}
      isSelected={checked}
      defaultSelected={defaultChecked}
      onChange={onChange}
      isDisabled={disabled}
      className={clsx(
        'group inline-flex items-start gap-3 text-control outline-none data-disabled:text-ink-3',
        className,
      )}
    >
      <span className="mt-px flex h-[18px] w-8 shrink-0 items-center rounded-full border border-line-control bg-pressed px-0.5 group-data-focus-visible:focus-ring group-data-selected:border-accent group-data-selected:bg-accent group-data-disabled:opacity-50">
        <span className="size-3 rounded-full bg-ink-3 group-data-selected:translate-x-3.5 group-data-selected:bg-on-accent" />
      </span>
      <span className="min-w-0">
        {children}
        {help && <span className="block text-xs text-ink-3">{help}</span>}
      </span>
    </AriaSwitch>
  );
}

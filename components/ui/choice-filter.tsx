'use client';

import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import { Button } from 'react-aria-components/Button';
import { controlBox } from './control-styles';
import { later } from './later';
import type { Option } from './option';
import { useOpener } from './use-opener';

const ChoiceList = later(() => import('./choice-list').then((module) => module.ChoiceList));

export interface ChoiceFilterProps {
  label: string;
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
  className?: string;
}

/** One of a short list, over a list of things: a button that says what holds, and the choices when it is pressed. */
export function ChoiceFilter({ label, options, value, onChange, className }: ChoiceFilterProps) {
  const id = useId();
  const holds = options.find((option) => option.value === value);
  const { start, button, opener, close } = useOpener('listbox', ChoiceList.preload);
  return (
    <div className={clsx('min-w-0', className)}>
      <span id={`${id}-label`} className="sr-only">
        {label}
      </span>
      <Button
        {...opener}
        aria-labelledby={`${id}-value ${id}-label`}
        className={clsx(controlBox, 'flex items-center gap-2 text-left')}
      >
        <span id={`${id}-value`} className="min-w-0 flex-1 truncate">
          {holds?.short ?? holds?.label ?? value}
        </span>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
      </Button>
      <ChoiceList
        wanted={start !== null}
        label={label}
        options={options}
        value={value}
        onChange={onChange}
        start={start}
        button={button}
        onClose={close}
      />
    </div>
  );
}

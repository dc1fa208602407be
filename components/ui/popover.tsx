'use client';

import { clsx } from 'clsx';
import type { ReactElement, ReactNode } from 'react';
import { Popover as AriaPopover, Dialog, DialogTrigger } from 'react-aria-components/Popover';
import { floatingBox } from './control-styles';

export interface PopoverProps {
  /** A Button or IconButton. */
  trigger: ReactElement;
  /** Names the box for screen readers. */
  label: string;
  children: ReactNode | ((close: () => void) => ReactNode);
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end' | 'right top';
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
}

// The dialog inside carries the name; a second one on the box would be text outside of any landmark.
const UNNAMED = { 'aria-labelledby': '' };

/** A small box by its button: an explanation, a few fields. */
export function Popover({
  trigger,
  label,
  children,
  placement = 'bottom start',
  open,
  onOpenChange,
  className,
}: PopoverProps) {
  return (
    <DialogTrigger isOpen={open} onOpenChange={onOpenChange}>
      {trigger}
      <AriaPopover
        {...UNNAMED}
        placement={placement}
        offset={6}
        className={clsx(floatingBox, 'max-w-[calc(100vw-2rem)]')}
      >
        <Dialog aria-label={label} className={clsx('p-4 outline-none', className)}>
          {({ close }) => (typeof children === 'function' ? children(close) : children)}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}

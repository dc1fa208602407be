'use client';

import { clsx } from 'clsx';
import type { ReactNode, RefObject } from 'react';
import { Popover as AriaPopover, Dialog } from 'react-aria-components/Popover';
import { floatingBox } from './control-styles';

export interface PopoverBoxProps {
  /** Names the box for screen readers. */
  label: string;
  children: ReactNode | ((close: () => void) => ReactNode);
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end' | 'right top';
  className?: string;
  open: boolean;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

// The dialog inside carries the name; a second one on the box would be text outside of any landmark.
const UNNAMED = { 'aria-labelledby': '' };

/** The box of a popover, by its button. */
export function PopoverBox(props: PopoverBoxProps) {
  const { label, children, placement = 'bottom start', className, open, button, onClose } = props;
  return (
    <AriaPopover
      {...UNNAMED}
      trigger="DialogTrigger"
      triggerRef={button}
      isOpen={open}
      onOpenChange={(next) => !next && onClose()}
      placement={placement}
      offset={6}
      className={clsx(floatingBox, 'max-w-[calc(100vw-2rem)]')}
    >
      <Dialog aria-label={label} className={clsx('p-4 outline-none', className)}>
        {typeof children === 'function' ? children(onClose) : children}
      </Dialog>
    </AriaPopover>
  );
}

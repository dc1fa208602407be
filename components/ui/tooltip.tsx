'use client';

import type { ReactElement, ReactNode } from 'react';
import { Tooltip as AriaTooltip, Focusable, TooltipTrigger } from 'react-aria-components/Tooltip';

export interface TooltipProps {
  text: ReactNode;
  /** One element that takes focus: a Button, IconButton or, inside `<Focusable>`, any other. */
  children: ReactElement;
  placement?: 'top' | 'bottom' | 'left' | 'right';
}

export { Focusable };

export function Tooltip({ text, children, placement = 'top' }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={100}>
      {children}
      <AriaTooltip
        placement={placement}
        offset={6}
        className="max-w-64 rounded-md bg-ink px-2 py-1 text-xs text-canvas data-entering:animate-fade"
      >
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}

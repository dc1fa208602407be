'use client';

import { cloneElement, type ReactElement } from 'react';
import { later } from './later';
import type { PopoverBoxProps } from './popover-box';
import { useOpener } from './use-opener';

export interface PopoverProps extends Omit<PopoverBoxProps, 'open' | 'button' | 'onClose'> {
  /** A Button or IconButton. */
  trigger: ReactElement<object>;
  /** Fetches what is inside, when a hand is on its way. */
  preload?: () => void;
}

const PopoverBox = later(() => import('./popover-box').then((module) => module.PopoverBox));

/** A small box by its button: an explanation, a few fields. What draws it comes when a hand is on its way. */
export function Popover({ trigger, preload, ...box }: PopoverProps) {
  const { start, button, opener, close } = useOpener('dialog', () => {
    PopoverBox.preload();
    preload?.();
  });
  return (
    <>
      {cloneElement(trigger, opener)}
      <PopoverBox {...box} wanted={start !== null} open={start !== null} button={button} onClose={close} />
    </>
  );
}

'use client';

import { cloneElement, type ReactElement } from 'react';
import { later } from './later';
import type { MenuContent } from './menu-items';
import { useOpener } from './use-opener';

export interface MenuProps extends MenuContent {
  /** A Button or IconButton. */
  trigger: ReactElement<object>;
}

const MenuList = later(() => import('./menu-list').then((module) => module.MenuList));

/** A list of acts behind a button: by a press, or by an arrow. What draws it comes when a hand is on its way. */
export function Menu({ trigger, ...list }: MenuProps) {
  const { start, button, opener, close } = useOpener('menu', MenuList.preload);
  return (
    <>
      {cloneElement(trigger, opener)}
      <MenuList {...list} wanted={start !== null} start={start} button={button} onClose={close} />
    </>
  );
}

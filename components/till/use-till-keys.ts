'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { followBurst, NO_BURST, runsOnce, scannedCode, startsSearch, type TillCommand, tillCommand } from './keyboard';

type Handlers = {
  onCommand: (command: TillCommand) => void;
  onScan: (code: string) => void;
  /** Up, down and Delete while nothing is typed into; Delete also in the empty search, where the arrows move along the lines too. */
  onArrow: (by: 1 | -1) => void;
  onDelete: () => void;
  onEnter: () => boolean;
};

const CHOICES = new Set(['radio', 'checkbox', 'button', 'submit']);

const isTyping = (target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !CHOICES.has(target.type));

const dialogOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

// What a scanner typed into a box that was not meant for it is taken out again, the way React hears of it.
function takeOut(box: HTMLInputElement | HTMLTextAreaElement, scanned: string): void {
  if (!box.value.endsWith(scanned)) return;
  const proto = box instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(proto, 'value')?.set?.call(box, box.value.slice(0, -scanned.length));
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

/** The till's keyboard: its keys, a search that begins wherever one types, and a scanner heard in any box. */
export function useTillKeys(search: RefObject<HTMLInputElement | null>, handlers: Handlers): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    let burst = NO_BURST;
    const listen = (event: KeyboardEvent) => {
      if (dialogOpen()) return;
      if (event.repeat && runsOnce(event)) {
        // A note is written over several lines and corrected by a held key; nothing else of the till is done by one.
        if (!(event.target instanceof HTMLTextAreaElement) && !(isTyping(event.target) && event.key === 'Delete')) {
          event.preventDefault();
          event.stopPropagation();
        }
        return;
      }
      const box = isTyping(event.target) ? event.target : null;
      if (event.key === 'Enter') {
        const code = scannedCode(burst, event.timeStamp);
        burst = NO_BURST;
        if (code) {
          event.preventDefault();
          event.stopPropagation();
          if (box) takeOut(box, code);
          latest.current.onScan(code);
          return;
        }
        const pressable = event.target instanceof HTMLButtonElement || event.target instanceof HTMLAnchorElement;
        if (!box && !pressable && latest.current.onEnter()) event.preventDefault();
        return;
      }
      burst = followBurst(burst, event.key, event.timeStamp);
      const isEmpty = box?.value === '';
      const command = tillCommand(event, box instanceof HTMLTextAreaElement && !isEmpty);
      if (command) {
        event.preventDefault();
        latest.current.onCommand(command);
      } else if (event.target instanceof HTMLInputElement && !box) {
        // A choice between buttons has arrow keys of its own.
        if (startsSearch(event)) search.current?.focus();
      } else if (!box && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
        event.preventDefault();
        latest.current.onArrow(event.key === 'ArrowDown' ? 1 : -1);
      } else if ((!box || (isEmpty && box === search.current)) && event.key === 'Delete') latest.current.onDelete();
      else if (!box && startsSearch(event)) search.current?.focus();
    };
    document.addEventListener('keydown', listen, true);
    return () => document.removeEventListener('keydown', listen, true);
  }, [search]);
}

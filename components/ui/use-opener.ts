import { type KeyboardEvent, useRef, useState } from 'react';

/** Where the focus begins in what opens: at the last by the arrow that goes up. */
export type Start = 'first' | 'last';

const STARTS: Readonly<Record<string, Start>> = { ArrowDown: 'first', ArrowUp: 'last' };

/**
 * A button that opens a box by a press, a list by an arrow too. `preload` fetches what draws it, when a hand is on its way.
 * `start` is null while it is closed.
 */
export function useOpener(kind: 'menu' | 'listbox' | 'dialog', preload: () => void) {
  const [start, setStart] = useState<Start | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const opener = {
    ref: button,
    'aria-haspopup': kind,
    'aria-expanded': start !== null,
    onPress: () => setStart('first'),
    onKeyDown: (event: Pick<KeyboardEvent, 'key' | 'preventDefault'>) => {
      const at = STARTS[event.key];
      if (!at || kind === 'dialog') return;
      event.preventDefault();
      setStart(at);
    },
    onHoverStart: preload,
    onFocus: preload,
  };
  return { start, button, opener, close: () => setStart(null) };
}

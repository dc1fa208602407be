'use client';

import { useEffect } from 'react';

/**
 * A key that is held down does nothing again: Enter sends a form once, and what has focus next (another dialog, the button behind it)
 * hears of it only when it is pressed again. Lines of a text are broken by a held key as by any other.
 */
export function useHeldKeys(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!event.repeat || event.key !== 'Enter' || event.target instanceof HTMLTextAreaElement) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', listen, true);
    return () => window.removeEventListener('keydown', listen, true);
  }, []);
}

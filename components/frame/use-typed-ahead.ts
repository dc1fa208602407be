import { useCallback, useEffect, useRef } from 'react';

/**
 * What is typed into a box that has been asked for and is still on its way: nothing of it is lost, and none of it goes to what lies
 * behind. Whoever shows the box calls the answer once, and has the keys from then on.
 */
export function useTypedAhead(asked: boolean): () => string {
  const text = useRef('');
  const isTaken = useRef(false);
  useEffect(() => {
    if (!asked) return;
    const listen = (event: KeyboardEvent) => {
      if (isTaken.current || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Backspace') text.current = text.current.slice(0, -1);
      else if (event.key.length === 1) text.current += event.key;
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', listen, true);
    return () => {
      window.removeEventListener('keydown', listen, true);
      text.current = '';
      isTaken.current = false;
    };
  }, [asked]);
  return useCallback(() => {
    isTaken.current = true;
    return text.current;
  }, []);
}

'use client';

import { useEffect, useRef, useState } from 'react';

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** Takes files that are dropped anywhere on the page. Answers whether some are held over it. Null takes none. */
export function useWindowDrop(onDrop: ((files: File[]) => void) | null): boolean {
  const [over, setOver] = useState(false);
  const take = useRef(onDrop);
  take.current = onDrop;
  const takes = onDrop !== null;
  useEffect(() => {
    if (!takes) return;
    const listening = new AbortController();
    const listen = (name: 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) =>
      window.addEventListener(
        name,
        (event) => {
          if (!holdsFiles(event)) return;
          event.preventDefault();
          act(event);
        },
        { signal: listening.signal },
      );
    listen('dragover', () => setOver(true));
    // Between two parts of the page it leaves one for the other; over its edge for none.
    listen('dragleave', (event) => event.relatedTarget === null && setOver(false));
    listen('drop', (event) => {
      setOver(false);
      take.current?.([...(event.dataTransfer?.files ?? [])]);
    });
    return () => listening.abort();
  }, [takes]);
  return over;
}

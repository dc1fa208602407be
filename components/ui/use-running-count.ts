import { useEffect, useRef, useState } from 'react';
import { useMediaQuery } from './use-media-query';

/** As long as from one answer to the next: the count is there when the next one comes. */
const RUN_MS = 1_000;

/** A count that runs from what it was to what it is, instead of jumping; at once for who asked for no motion. */
export function useRunningCount(count: number): number {
  const isStill = useMediaQuery('(prefers-reduced-motion: reduce)', true);
  const [shown, setShown] = useState(count);
  const from = useRef(count);
  from.current = shown;
  useEffect(() => {
    if (isStill) return setShown(count);
    const begin = from.current;
    if (begin === count) return;
    const since = performance.now();
    let frame = requestAnimationFrame(function run(now) {
      const part = Math.min(1, Math.max(0, now - since) / RUN_MS);
      setShown(Math.round(begin + (count - begin) * part));
      if (part < 1) frame = requestAnimationFrame(run);
    });
    return () => cancelAnimationFrame(frame);
  }, [count, isStill]);
  return isStill ? count : shown;
}

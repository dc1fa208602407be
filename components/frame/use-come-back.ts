import { useEffect } from 'react';

const LOOK_MS = 500;

/**
 * For a page that failed in the very moment in which the database went: while it is away the front answers for every page, says
 * so, and comes back by itself.
 */
export function useComeBack(): void {
  useEffect(() => {
    const timer = setTimeout(async () => {
      const ready = await fetch('/health/ready', { cache: 'no-store' }).catch(() => null);
      if (ready?.status === 503) window.location.reload();
    }, LOOK_MS);
    return () => clearTimeout(timer);
  }, []);
}

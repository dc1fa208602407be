import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/**
 * A code or the number of a thing, in the mono of the house, which tells 0 from O and 1 from l. It stays on one line; `breaks` is for
 * what is longer than any line: hashes.
 */
export function Code({ children, breaks, className }: { children: ReactNode; breaks?: boolean; className?: string }) {
  return <span className={clsx('code', breaks ? 'break-all' : 'whitespace-nowrap', className)}>{children}</span>;
}

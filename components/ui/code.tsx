import { clsx } from 'clsx';
import type { ReactNode } from 'react';

// In a title that is wider than its page it breaks between its parts.
const NUMBER = 'whitespace-nowrap in-[h1]:inline-block in-[h1]:max-w-full in-[h1]:whitespace-normal';

/**
 * A code or the number of a thing, in the mono of the house, in which 0 is no O and 1 no l. It stays on one line; `breaks` is for
 * what is longer than any line: hashes.
 */
export function Code({ children, breaks, className }: { children: ReactNode; breaks?: boolean; className?: string }) {
  return <span className={clsx('code', breaks ? 'break-all' : NUMBER, className)}>{children}</span>;
}

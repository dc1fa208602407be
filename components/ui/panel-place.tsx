import { clsx } from 'clsx';
import { SkeletonText } from './skeleton';

/** Where a panel beside a list is about to stand, so that the list does not move twice. */
export function PanelPlace({ width = 'regular' }: { width?: 'regular' | 'wide' }) {
  return (
    <div className={clsx('card shrink-0 p-4 max-lg:hidden', width === 'wide' ? 'w-[36rem]' : 'w-[26rem]')}>
      <SkeletonText lines={8} />
    </div>
  );
}

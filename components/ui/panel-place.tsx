import { SkeletonText } from './skeleton';

/** Where a panel beside a page is about to stand, so that the page does not move twice. */
export function PanelPlace({ width = 'regular' }: { width?: 'regular' | 'wide' }) {
  return (
    <div
      data-beside={width}
      className="fixed top-(--page-top) right-0 bottom-0 z-20 w-(--beside) border-l bg-surface p-4 max-lg:hidden print:hidden"
    >
      <SkeletonText lines={8} />
    </div>
  );
}

import type { ReactNode } from 'react';

/** A list with its detail beside it, so that the list is not lost. The panel is a SidePanel, or null. */
export function ListDetail({ list, panel }: { list: ReactNode; panel: ReactNode }) {
  return (
    <div className="flex min-h-0 min-w-0 items-start gap-4 lg:in-[[data-fills]]:min-h-64 lg:in-[[data-fills]]:flex-1 lg:in-[[data-fills]]:items-stretch">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">{list}</div>
      {panel}
    </div>
  );
}

'use client';

import { type PointerEvent, useRef } from 'react';

/** The right edge of a column's header: dragged, it makes the column as wide as the hand goes. Without a mouse: the column chooser. */
export function ColumnResizer({ onResize }: { onResize: (px: number) => void }) {
  const began = useRef<{ x: number; width: number } | null>(null);
  const begin = (event: PointerEvent<HTMLSpanElement>) => {
    const cell = event.currentTarget.closest('th');
    if (!cell) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    began.current = { x: event.clientX, width: cell.offsetWidth };
  };
  const drag = (event: PointerEvent<HTMLSpanElement>) => {
    if (!began.current) return;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    onResize(((began.current.width + event.clientX - began.current.x) / rem) * 16);
  };
  const end = () => {
    began.current = null;
  };
  return (
    <span
      aria-hidden="true"
      data-resizer=""
      onPointerDown={begin}
      onPointerMove={drag}
      onPointerUp={end}
      onPointerCancel={end}
      className="absolute inset-y-0 right-0 w-2 cursor-col-resize touch-none border-r-2 border-transparent hover:border-line-control max-sm:hidden"
    />
  );
}
